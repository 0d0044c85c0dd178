// The grammar, for the page: what a code is, asked before anything of it leaves the device.

const module = WebAssembly.instantiateStreaming(fetch(new URL(WASM, import.meta.url), { integrity: INTEGRITY }), imports);

const encoder = new TextEncoder();

function judge(code, vietnamese) {
  const [kind, path, sentence] = judge_code(encoder.encode(code), vietnamese).split('\n');
  return { kind, path, sentence };
}

export async function ready() {
  const { instance } = await module;
  start(instance.exports);
  return judge;
}
