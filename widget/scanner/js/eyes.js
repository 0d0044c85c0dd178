// What reads a picture: the browser's own detector where it knows what we need, else our reader in a worker. Either
// says what a scanner would transmit: a symbology identifier and the data.

const NEEDED = ['ean_13', 'ean_8', 'upc_a', 'upc_e', 'itf', 'code_128', 'data_matrix', 'qr_code'];

// Bits of a look, as the reader counts them.
export const TURNED = 1;
export const INVERTED = 2;
export const HARDER = 4;

// What reads canvases: `read(canvas, look)`, the `ways` in which it is worth looking at a photo, and perhaps a `second`
// to ask.
export async function eyes() {
  return (await detector()) ?? reader();
}

async function detector() {
  try {
    const known = await BarcodeDetector.getSupportedFormats();
    if (!NEEDED.every((format) => known.includes(format))) return undefined;
    const own = new BarcodeDetector({ formats: NEEDED });
    const read = async (canvas) => (await own.detect(canvas)).map(transmitted);
    return { read, close() {}, ways: [0], second: reader };
  } catch {
    return undefined;
  }
}

// A detector tells the format and the text. FNC1 in front, where it is told, makes a message of GS1 of it.
function transmitted({ format, rawValue }) {
  switch (format) {
    case 'ean_13':
      return ']E0' + rawValue;
    case 'ean_8':
      return ']E4' + rawValue;
    case 'itf':
      return ']I1' + rawValue;
    case 'code_128':
      return rawValue[0] === '\x1d' ? ']C1' + rawValue.slice(1) : rawValue;
    case 'data_matrix':
      return rawValue[0] === '\x1d' ? ']d2' + rawValue.slice(1) : ']d1' + rawValue;
    case 'qr_code':
      return rawValue[0] === '\x1d' ? ']Q3' + rawValue.slice(1) : ']Q1' + rawValue;
    default:
      return rawValue;
  }
}

function reader() {
  const worker = new Worker(new URL(READER, import.meta.url));
  // One picture at a time: the next waits, whoever asks.
  let last = Promise.resolve();
  const ask = (picture) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data ? resolve(data) : reject(new Error('reader')));
      worker.onerror = () => reject(new Error('reader'));
      worker.postMessage(picture, [picture.luma.buffer]);
    });
  return {
    read(canvas, look) {
      const picture = { luma: lumaOf(canvas), width: canvas.width, look };
      last = last.catch(() => {}).then(() => ask(picture));
      return last;
    },
    close: () => worker.terminate(),
    ways: [TURNED + HARDER, INVERTED + HARDER],
  };
}

// Lightness alone, a byte per pixel (weights of ITU-R BT.601 in 256ths).
function lumaOf(canvas) {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const luma = new Uint8Array(data.length >> 2);
  for (let to = 0, from = 0; to < luma.length; to++, from += 4) {
    luma[to] = (77 * data[from] + 150 * data[from + 1] + 29 * data[from + 2]) >> 8;
  }
  return luma;
}
