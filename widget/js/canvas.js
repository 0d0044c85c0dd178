// The two hands of a card: one reads the parsed JSON, the other builds elements. The module (../src/canvas.rs) says
// what to read and what to build; a list of nodes that the service has made ready is drawn with the same hand. Text is
// only ever appended as text, so no markup can come of it, and pages with Trusted Types have nothing to object to.
//
// Only `appendChild` and `setAttribute`: of all that pages put in the place of the browser's own, these still work.

const unwanted = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]/g;

// The rules for what is under a card: they come with what draws it.
const rules = new CSSStyleSheet();

// What the module in hand exports, and the words that it knows by number.
let wasm;
let words;
// Where the reading hand is: places[0] is in place, the card itself is last.
let places;
// The element that the drawing hand is in.
let at;
// The level that the card's first heading gets.
let level;

const bytes = (start, length) => new Uint8Array(wasm.memory.buffer, start, length);
const word = (start, length) => new TextDecoder().decode(bytes(start, length));
const step = (value) => value != null && places.unshift(value);

function open(tag, part) {
  tag = tag.replace(/^h\d/, (heading) => 'h' + Math.min(6, level - 1 + +heading[1]));
  const space = /^(svg|path)$/.test(tag) ? '2000/svg' : '1999/xhtml';
  at = at.appendChild(document.createElementNS('http://www.w3.org/' + space, tag));
  if (part) {
    attr('class', part);
    attr('part', part);
  }
}

// A path is one of this service.
function attr(name, value) {
  at.setAttribute(name, (value[0] === '/' ? service : '') + value);
}

function text(piece) {
  at.appendChild(document.createTextNode(piece));
}

function close() {
  at = at.parentNode;
}

// Once is enough: every module has the same rules.
function dress(style) {
  if (!rules.cssRules[0]) rules.replaceSync(style);
}

// The module's imports, by the names of ../src/canvas.rs, a line each. Text comes as its place and length in the
// memory, a word of ours as its number.
const hands = {
  learn: (start, length) => words.push(...word(start, length).split('\n')),
  dress: (start, length) => dress(word(start, length)),
  enter: (name) => step(name ? places[0][words[name]] : places[0]),
  element: (index) => step(places[0][index]),
  leave: () => places.shift(),
  count: () => (Array.isArray(places[0]) ? places[0].length : 1),
  is: (name) => places[0] + '' === words[name],
  read: (start, length) => {
    const value = new TextEncoder().encode(places[0]);
    if (value.length > length) return 0;
    bytes(start, length).set(value);
    return value.length;
  },
  open: (tag, part) => open(words[tag], words[part]),
  attr: (name, before, start, length) => attr(words[name], words[before] + word(start, length)),
  say: (label) => text(words[label]),
  text: (start, length) => text(word(start, length)),
  // The same cleaning as `nguon_view::clean`, and the same bound.
  put: () => text((places[0] + '').replace(unwanted, '').trim().replace(/^([^]{400})[^]+/u, '$1…')),
  close: close,
};

// Draws a card, or the nodes of one (`GET /v1/cards/{code}.view.json`): a list begins an element, [tag, part, name,
// value, …]; a string is text; null ends the element.
function drawn(card, heading, exports) {
  const fragment = (at = document.createDocumentFragment());
  wasm = exports;
  words = [];
  places = [card];
  level = heading;
  if (!card.nodes) wasm.draw();
  else {
    dress(card.style);
    for (const node of card.nodes) {
      if (!node) close();
      else if (Array.isArray(node)) {
        open(node[0], node[1]);
        for (let n = 2; n < node.length; n += 2) attr(node[n], node[n + 1]);
      } else text(node);
    }
  }
  return fragment.firstChild;
}
