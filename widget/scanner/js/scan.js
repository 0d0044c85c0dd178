// The scanner: camera or photo, reader, judgement, and where a code leads. What it judges to be a person's document or
// a payment ends here; everything else is looked up as a code, a link of somebody else's too: none is ever opened.

// Pictures per second, at most.
const PACE_MS = 125;
// When a person may need a hint, and how often: no spinner says as much as a sentence.
const SLOW_MS = 7000;
// A camera gives another picture at once, so each is looked at in one way. Bars that stand and bars that lie, squares
// dark on light and light on dark.
const LOOKS = [0, TURNED, 0, INVERTED];
// Bars have a weak check each: a code of bars counts when it was read twice within so many pictures.
const MEMORY = 8;
// A photo is all there is: looked at in several sizes, by their longest side, and every way.
const SIZES = [1280, 2400, 700];

let style;
// Waits for the style of the window.
export function dressed() {
  style ??= new Promise((resolve, reject) => {
    const link = document.createElement('link');
    const [name, integrity] = STYLE;
    Object.assign(link, { rel: 'stylesheet', href: new URL(name, import.meta.url).href, integrity });
    link.onload = resolve;
    link.onerror = () => {
      style = undefined;
      link.remove();
      reject(new Error(name));
    };
    document.head.append(link);
  });
  return style;
}

// Opens the window with the camera, or with a photo.
export function scan(page, photo) {
  const told = words(page.vietnamese);
  const before = document.activeElement;
  let camera;
  let own;
  let round = 0;

  const dialog = openDialog(told, {
    photo: look,
    type: () => page.box.focus(),
    closed() {
      stop();
      own?.then((reader) => reader.close(), () => {});
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', wake);
      if (document.activeElement === document.body) before?.focus();
    },
  });
  const leave = () => dialog.close();
  // A camera that nobody looks through is closed, and opened again when they are back.
  const wake = () => {
    if (document.hidden && camera) {
      stop();
      document.addEventListener('visibilitychange', watch, { once: true });
    }
  };
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', wake);

  const reading = () => {
    own ??= eyes();
    return own;
  };
  // The browser's own detector may be there and not work, or find nothing; then ours reads.
  const second = (eye) => {
    const next = eye.second();
    own = Promise.resolve(next);
    return next;
  };

  function stop() {
    round++;
    camera?.close();
    camera = undefined;
    document.removeEventListener('visibilitychange', watch);
  }

  // === Camera

  async function watch() {
    stop();
    const mine = round;
    dialog.enter('watching', told.opening);
    const refused = obstacle();
    if (refused) return help(refused);
    // Loads while the camera opens; what goes wrong with it is met below.
    reading().catch(() => {});
    let opened;
    try {
      opened = await openCamera(dialog.video);
    } catch (error) {
      if (mine === round) help(refusal(error));
      return;
    }
    // Closed, or opened anew, while the camera was on its way.
    if (mine !== round) return opened.close();
    camera = opened;
    offerControls(opened);
    dialog.say(told.aim);
    // Taken away: unplugged, or switched off for this page.
    opened.track.addEventListener('ended', () => mine === round && help('busy'));
    await follow(mine);
  }

  async function follow(mine) {
    const canvas = dialog.still;
    const seen = [];
    const began = performance.now();
    for (let n = 0; mine === round; n++) {
      const shown = performance.now();
      if (capture(dialog.video, dialog.view, canvas)) {
        const codes = await see(canvas, LOOKS[n % LOOKS.length]);
        if (mine !== round) return;
        if (!codes) return help('broken');
        const sure = certain(codes, seen);
        if (sure.length) return settle(sure);
        if (shown - began > SLOW_MS) dialog.say(told.slow);
      }
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, PACE_MS - (performance.now() - shown))));
    }
  }

  // What one look at a canvas finds; undefined when there is nothing to look with.
  async function see(canvas, look) {
    try {
      const eye = await reading();
      try {
        return await eye.read(canvas, look);
      } catch (error) {
        if (!eye.second) throw error;
        return await second(eye).read(canvas, look);
      }
    } catch {
      own = undefined;
      return undefined;
    }
  }

  function offerControls({ torch, zoom }) {
    if (torch) {
      dialog.toggle(told.light, (made) => {
        const lit = made.getAttribute('aria-pressed') !== 'true';
        made.setAttribute('aria-pressed', String(lit));
        torch(lit);
      });
    }
    if (zoom) dialog.slide(told.zoom, zoom.range, zoom.value, zoom.set);
  }

  // === Photo

  async function look(file) {
    stop();
    const mine = round;
    dialog.enter('looking', told.looking);
    const picture = await createImageBitmap(file).catch(() => undefined);
    if (mine !== round) return;
    // No picture, or none that this browser can show.
    if (!picture) return help('unread');
    draw(picture, 0, 0, picture.width, picture.height, SIZES[0], dialog.still);
    const codes = await everyWay(picture, mine);
    picture.close();
    if (mine !== round) return;
    if (!codes) help('broken');
    else if (codes.length) settle(codes);
    else help('unread');
  }

  async function everyWay(picture, mine) {
    const canvas = document.createElement('canvas');
    const longest = Math.max(picture.width, picture.height);
    const sizes = SIZES.filter((size, n) => n === 0 || size < longest);
    let eye = await reading().catch(() => undefined);
    for (; eye; eye = eye.second && second(eye)) {
      for (const size of sizes) {
        draw(picture, 0, 0, picture.width, picture.height, size, canvas);
        for (const way of eye.ways) {
          if (mine !== round) return [];
          const codes = await see(canvas, way);
          if (!codes || codes.length) return codes;
        }
      }
      if (!eye.second) return [];
    }
    return undefined;
  }

  // === What was read

  function settle(codes) {
    stop();
    const judged = codes.map((code) => ({ code, ...page.judge(code, page.vietnamese) }));
    const open = judged.filter(({ kind }) => kind !== 'private');
    if (!open.length) return keep(judged[0].sentence);
    if (open.length === 1) return go(open[0]);
    dialog.enter('choosing', '', told.several);
    for (const each of open) dialog.offer(kindOf(each.code, told), shown(each), () => go(each));
    dialog.act(told.again, watch, true);
  }

  // A document or a payment: said so, without a word of what it holds.
  function keep(sentence) {
    const [title, promise] = told.private;
    dialog.still.width = dialog.still.height = 1;
    dialog.enter('told', sentence + promise, title);
    dialog.act(told.again, watch);
  }

  function go(judged) {
    if (!navigator.onLine) {
      page.box.value = plain(judged.code);
      return help('offline');
    }
    dialog.enter('leaving', told.found);
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(60);
    location.assign(target(judged, page.vietnamese ? 'vi' : 'en'));
  }

  function help(problem) {
    stop();
    const [title, sentence] = told[problem];
    const name = app(navigator.userAgent);
    dialog.enter('told', sentence, title.replace('{}', name || (page.vietnamese ? 'Ứng dụng này' : 'This app')));
    if (problem === 'inside') return wayOut();
    if (['denied', 'busy', 'broken'].includes(problem)) dialog.act(told.retry, watch);
  }

  // Out of an app's window: Android opens a browser when asked so, elsewhere the address is carried over by hand.
  function wayOut() {
    const { protocol, host, pathname, search } = location;
    if (/Android/.test(navigator.userAgent) && protocol === 'https:') {
      dialog.lead(told.open, `intent://${host}${pathname}${search}#Intent;scheme=https;end`);
    } else if (navigator.clipboard) {
      const copy = async () => {
        await navigator.clipboard.writeText(location.href);
        made.textContent = told.copied;
      };
      const made = dialog.act(told.copy, copy, true);
    }
  }

  if (photo) look(photo);
  else watch();
}

// The codes of a picture that count: squares at once, bars when they were read before.
function certain(codes, seen) {
  const sure = codes.filter((code) => /^\][Qd]/.test(code) || seen.some((earlier) => earlier.includes(code)));
  seen.push(codes);
  if (seen.length > MEMORY) seen.shift();
  // One code counts: those beside it were read in the same picture, so they are there too.
  return sure.length ? codes : [];
}

const plain = (code) => code.replace(/^\][A-Za-z]\d/, '');

const kindOf = (code, told) => told.kinds[code[0] === ']' ? code[1] : ''] ?? told.kinds.other;

// A code as people can tell it from another: what the grammar understood, or the code itself. Separators and other
// signs that cannot be seen are blanks.
function shown({ code, sentence }) {
  const text = (sentence.startsWith('GTIN') ? sentence : plain(code)).replace(/[\p{C}\s]+/gu, ' ').trim();
  return text.length > 80 ? text.slice(0, 79) + '…' : text;
}

// Where a code leads: a code of ours to its card, everything else to the card page as a code.
function target({ code, kind, path }, lang) {
  if (kind === 'product' && path) return '/card' + path + (path.includes('?') ? '&' : '?') + new URLSearchParams({ lang });
  const text = plain(code);
  if (kind === 'product' && text.startsWith(location.origin + '/')) {
    const link = new URL(text);
    link.searchParams.set('lang', lang);
    return '/card' + link.pathname + link.search;
  }
  return '/card?' + new URLSearchParams({ code, lang });
}
