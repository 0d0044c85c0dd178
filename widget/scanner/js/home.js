// The first page's own script: it wakes what is asked for when it is asked for. The page works without it.
//
// The camera's part, the reader and the grammar come on demand, under names that carry their hashes, and are checked
// against them. Nothing is stored. What a person's document or a bank's code holds never leaves the device.

const vietnamese = document.documentElement.lang !== 'en';
const box = document.querySelector('#code');
const form = box.form;
const hint = document.querySelector('#code-hint');
const usual = hint.textContent;

const say = vietnamese
  ? {
      offline: 'Đang không có mạng. Mã vẫn ở trong ô này: có mạng rồi bấm Tra cứu.',
      waiting: 'Đang tải phần đọc mã…',
      unloaded: 'Chưa tải được phần đọc mã: mạng có thể đang yếu. Thử lại, hoặc nhập mã ở đây.',
      private: 'Đây không phải mã sản phẩm: nội dung không được gửi đi.',
    }
  : {
      offline: 'There is no network. The code stays in this box: tap Look up once you are back online.',
      waiting: 'Loading the code reader…',
      unloaded: 'The code reader could not be loaded: the network may be weak. Try again, or type the code here.',
      private: 'This is not a product code: nothing of it was sent.',
    };

function tell(sentence, manner) {
  const text = sentence || usual;
  if (hint.textContent !== text) hint.textContent = text;
  hint.dataset.manner = sentence ? manner : '';
}

// A file of ours by its name and hash. An element is what can carry a hash; it leaves the module where `import` finds
// it again.
function wake([name, integrity]) {
  const address = new URL(name, import.meta.url).href;
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.type = 'module';
    script.integrity = integrity;
    script.src = address;
    script.onload = () => resolve(import(address));
    script.onerror = () => reject(new Error(name));
    document.head.append(script);
  });
}

let grammar;
function judging() {
  grammar ??= wake(CODE).then(
    (module) => module.ready(),
    (error) => {
      grammar = undefined;
      throw error;
    },
  );
  return grammar;
}

// While the grammar is not there, whatever may be somebody's document or money is kept back.
const suspicious = /[|<]|^\s*(\][A-Z]\d)?(000201|BEGIN:VCARD|MECARD:|BIZCARD:|[a-z]+:\/\/.*(momo|pay|vietqr))/i;
const cautious = (code) => ({ kind: suspicious.test(code) ? 'private' : 'code', path: '', sentence: say.private });

// === Typing

let pause;
box.addEventListener('input', async () => {
  clearTimeout(pause);
  const typed = box.value;
  if (!typed.trim()) return tell('');
  try {
    const judge = await judging();
    if (box.value !== typed) return;
    const { kind, sentence } = judge(typed, vietnamese);
    if (kind !== 'malformed') return tell(sentence, kind);
    // Halfway through, every number is wrong: only who pauses is told so.
    tell('');
    pause = setTimeout(tell, 700, sentence, kind);
  } catch {
    tell('');
  }
});

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  clearTimeout(pause);
  const late = new Promise((resolve) => setTimeout(resolve, 3000, cautious));
  const judge = await Promise.race([judging().catch(() => cautious), late]);
  const { kind, sentence } = judge(box.value, vietnamese);
  if (kind === 'private') {
    box.value = '';
    tell(sentence, kind);
  } else if (!navigator.onLine) {
    tell(say.offline, 'offline');
  } else {
    form.submit();
  }
});

// === Camera and photo

const camera = document.querySelector('#scan');
const photos = [...document.querySelectorAll('.ways input[type=file]')];

let scanner;
async function scanning() {
  tell(say.waiting, 'waiting');
  scanner ??= wake(SCAN);
  try {
    const [module, judge] = await Promise.all([scanner, judging()]);
    await module.dressed();
    tell('');
    return { ...module, judge };
  } catch {
    scanner = undefined;
    tell(navigator.onLine ? say.unloaded : say.offline, 'offline');
  }
}

const page = { vietnamese, box, tell };

camera.addEventListener('click', async () => {
  if (camera.ariaBusy === 'true') return;
  camera.ariaBusy = 'true';
  const { scan, judge } = (await scanning()) ?? {};
  camera.ariaBusy = 'false';
  scan?.({ ...page, judge });
});

for (const input of photos) {
  input.addEventListener('change', async () => {
    const [photo] = input.files;
    if (!photo) return;
    const { scan, judge } = (await scanning()) ?? {};
    scan?.({ ...page, judge }, photo);
    // The same photo may be chosen again.
    input.value = '';
  });
}

document.querySelector('.ways').classList.add('awake');
