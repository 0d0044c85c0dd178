// The worker: pictures come in as luma, codes go out. It knows nothing of the page and asks nothing of the network but
// its own module.

const ready = WebAssembly.instantiateStreaming(fetch(new URL(WASM, self.location), { integrity: INTEGRITY }), imports).then(
  ({ instance }) => start(instance.exports),
);

self.onmessage = async ({ data: { luma, width, look } }) => {
  try {
    await ready;
    self.postMessage(read_codes(luma, width, look));
  } catch {
    self.postMessage(null);
  }
};
