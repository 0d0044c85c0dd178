// The scanner's window: the picture with its frame, one sentence of what is going on, and the ways on that are always
// there. Built of elements and text, never of markup.

const make = (tag, name, ...inside) => {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...inside);
  return made;
};

const button = (name, text, press) => {
  const made = make('button', name, text);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
};

// A button that brings a photo: by the camera app where `capture` says so, else from where there are photos.
const photoButton = (text, name, capture, take) => {
  const input = make('input');
  input.type = 'file';
  input.accept = 'image/*';
  if (capture) input.capture = 'environment';
  input.addEventListener('change', () => {
    const [photo] = input.files;
    input.value = '';
    if (photo) take(photo);
  });
  return make('label', `button ${name}`, input, text);
};

// Opens the window. `told` are the words of one language; `on` is what its buttons do: `photo`, `type`, `closed`.
export function openDialog(told, on) {
  const video = make('video');
  video.muted = true;
  video.playsInline = true;
  video.setAttribute('aria-hidden', 'true');
  const still = make('canvas', 'still');
  const view = make('div', 'view', video, still, make('div', 'aim'));
  const title = make('h2', '', told.title);
  title.id = 'scan-title';
  title.tabIndex = -1;
  const status = make('p', 'status');
  status.setAttribute('role', 'status');
  const controls = make('div', 'controls');
  const choices = make('ul', 'choices');
  const actions = make('div', 'actions');
  const ways = make('div', 'others');
  const dialog = make('dialog', 'scanner', make('header', '', title, button('close', told.close, () => dialog.close())));
  dialog.append(view, controls, status, choices, actions, ways);
  dialog.setAttribute('aria-labelledby', title.id);
  ways.append(
    photoButton(told.shoot, 'touch', true, on.photo),
    photoButton(told.choose, '', false, on.photo),
    button('button', told.type, () => {
      dialog.close();
      on.type();
    }),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    on.closed();
  });
  document.body.append(dialog);
  dialog.showModal();

  return {
    video,
    still,
    view,
    close: () => dialog.close(),
    // What is going on: `watching`, `looking`, `choosing`, `told` or `leaving`; the style shows what belongs to it.
    enter(state, sentence, name = told.title) {
      dialog.dataset.state = state;
      title.textContent = name;
      choices.replaceChildren();
      actions.replaceChildren();
      if (state !== 'watching') controls.replaceChildren();
      status.textContent = sentence;
      if (state === 'told' || state === 'choosing') title.focus();
    },
    say(sentence) {
      if (status.textContent !== sentence) status.textContent = sentence;
    },
    // The next step; a quiet one stands back behind photo and typing.
    act(text, press, quiet) {
      const made = button(quiet ? 'button quiet' : 'button main', text, press);
      actions.append(made);
      return made;
    },
    lead(text, address) {
      const made = make('a', 'button quiet', text);
      made.href = address;
      actions.append(made);
    },
    offer(kind, text, press) {
      choices.append(make('li', '', button('', '', press)));
      const inside = choices.lastChild.firstChild;
      const code = make('span', 'code', text);
      code.dir = 'ltr';
      inside.append(make('strong', '', kind), code);
    },
    toggle(text, press) {
      const made = button('button', text, () => press(made));
      made.setAttribute('aria-pressed', 'false');
      controls.append(made);
    },
    slide(text, { min, max, step }, value, move) {
      const input = make('input');
      Object.assign(input, { type: 'range', min, max, step: step || 'any', value });
      input.addEventListener('input', () => move(+input.value));
      controls.append(make('label', 'zoom', text, input));
    },
  };
}
