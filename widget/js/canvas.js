// The two hands of a card: one reads the parsed JSON, the other builds elements. The module (../src/canvas.rs) says
// what to read and what to build; a list of ready-made nodes could be drawn by the same hand. Text is only ever
// appended as text, so no markup can come of it, and pages with Trusted Types have nothing to object to.

const utf8 = new TextDecoder();
const shapes = /^(svg|path)$/;
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
  const value = field ? places[0][field] : places[0];
  return value != null && places.unshift(value) > 0;
}

export function element(index) {
  return enter(String(index));
}

export function leave() {
  places.shift();
}

export function count() {
  return Array.isArray(places[0]) ? places[0].length : 1;
}

export function is(word) {
  return String(places[0]) === word;
}

export function read(space) {
  const bytes = new TextEncoder().encode(String(places[0]));
  if (bytes.length > space.length) return 0;
  space.set(bytes);
  return bytes.length;
}

export function open(tag, part) {
  // The card stands in somebody's section: its headings begin two levels down.
  const name = tag.replace(/^h(\d)$/, (_, level) => 'h' + (+level + 2));
  const made = shapes.test(tag)
    ? document.createElementNS('http://www.w3.org/2000/svg', tag)
    : document.createElement(name);
  if (part) {
    made.setAttribute('class', part);
    made.setAttribute('part', part);
  }
  at.append(made);
  at = made;
}

export function attr(name, before, value) {
  const text = utf8.decode(value);
  at.setAttribute(name, before + (text[0] === '/' ? origin : '') + text);
}

export function text(bytes) {
  at.append(utf8.decode(bytes));
}

// The same cleaning as `nguon_view::clean`, and the same bound.
export function put() {
  const all = [...String(places[0]).replace(unwanted, '').trim()];
  at.append(all.slice(0, 400).join('') + (all.length > 400 ? '…' : ''));
}

export function close() {
  at = at.parentNode;
}
