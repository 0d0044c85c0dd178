// The two hands of a card: one reads the parsed JSON, the other builds elements. The module (../src/canvas.rs) says
// what to read and what to build; a list of ready-made nodes could be drawn by the same hand. Text is only ever
// appended as text, so no markup can come of it, and pages with Trusted Types have nothing to object to.

const decoder = new TextDecoder();
const utf8 = (bytes) => decoder.decode(bytes);
const unwanted = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]/g;

// Where the reading hand is: places[0] is in place, the card itself is last.
let places;
// The element that the drawing hand is in.
let at;
let origin;

export function begin(card, target, service) {
  places = [card];
  at = target;
  origin = service;
}

export function enter(field) {
  const name = utf8(field);
  return step(name ? places[0][name] : places[0]);
}

export function element(index) {
  return step(places[0][index]);
}

function step(value) {
  return value != null && places.unshift(value) > 0;
}

export function leave() {
  places.shift();
}

export function count() {
  return Array.isArray(places[0]) ? places[0].length : 1;
}

export function is(word) {
  return String(places[0]) === utf8(word);
}

export function read(space) {
  const bytes = new TextEncoder().encode(places[0]);
  if (bytes.length > space.length) return 0;
  space.set(bytes);
  return bytes.length;
}

export function open(tag, part) {
  // The page's own title is the first heading; the card's begin one level below.
  const name = utf8(tag).replace(/^h(\d)/, (_, level) => 'h' + (+level + 1));
  const made = /^(svg|path)$/.test(name)
    ? document.createElementNS('http://www.w3.org/2000/svg', name)
    : document.createElement(name);
  at.append(made);
  at = made;
  for (const kind of part.length ? ['class', 'part'] : []) at.setAttribute(kind, utf8(part));
}

export function attr(name, before, value) {
  const whole = utf8(before) + utf8(value);
  // A path is one of this service.
  at.setAttribute(utf8(name), (whole[0] === '/' ? origin : '') + whole);
}

export function text(bytes) {
  at.append(utf8(bytes));
}

// The same cleaning as `nguon_view::clean`, and the same bound.
export function put() {
  const all = [...String(places[0]).replace(unwanted, '').trim()];
  at.append(all.slice(0, 400).join('') + (all.length > 400 ? '…' : ''));
}

export function close() {
  at = at.parentNode;
}
