// The module that draws cards: one for every card of a language on the page, fetched when the first of them is wanted,
// at the same time as that card. Where a page or a browser does not allow WebAssembly, or the module does not come,
// cards are drawn from lists of nodes that the service makes ready (`isPlain`).

let service = new URL(BASE).origin;
const modules = {};
let isPlain = false;
try {
  // The smallest module there is: its header.
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
} catch {
  isPlain = true;
}

function load(lang) {
  if (isPlain) return;
  const [name, integrity] = WASM[lang] || WASM.vi;
  const options = { integrity: integrity, credentials: 'omit' };
  return (modules[lang] ??= WebAssembly.instantiateStreaming(fetch(new URL(name, BASE), options), { w: hands }).then(
    (made) => made.instance.exports,
    () => void (isPlain = true),
  ));
}
