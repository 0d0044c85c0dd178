// The camera: opened when a person asks, closed as soon as it is not needed, seen by nobody but the reader.

const WANTED = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } },
};

// The longest side of what a reader gets to see, in pixels: more costs time and reads no better.
const LONGEST = 1280;

export async function openCamera(video) {
  const stream = await navigator.mediaDevices.getUserMedia(WANTED);
  const [track] = stream.getVideoTracks();
  const can = track.getCapabilities?.() ?? {};
  const set = (wish) => track.applyConstraints({ advanced: [wish] }).catch(() => {});
  if (can.focusMode?.includes('continuous')) set({ focusMode: 'continuous' });
  video.srcObject = stream;
  const close = () => {
    for (const each of stream.getTracks()) each.stop();
    video.srcObject = null;
  };
  try {
    await video.play();
  } catch (error) {
    close();
    throw error;
  }
  return { close, track, torch: can.torch ? (lit) => set({ torch: lit }) : undefined, zoom: zoomOf(can, track, set) };
}

function zoomOf({ zoom }, track, set) {
  if (!zoom || !(zoom.max > zoom.min)) return undefined;
  // Beyond four times there is nothing but blur.
  const range = { min: zoom.min, max: Math.min(zoom.max, zoom.min * 4), step: zoom.step };
  return { range, value: track.getSettings().zoom ?? zoom.min, set: (value) => set({ zoom: value }) };
}

// Draws onto a canvas what the window shows of the video, made small enough. False while there is no picture.
export function capture(video, view, canvas) {
  const { videoWidth, videoHeight } = video;
  if (!videoWidth || video.readyState < 2) return false;
  // As `object-fit: cover` shows it.
  const scale = Math.max(view.clientWidth / videoWidth, view.clientHeight / videoHeight);
  // Whole pixels: thin bars do not survive being mixed with their neighbours.
  const width = Math.floor(Math.min(videoWidth, view.clientWidth / scale));
  const height = Math.floor(Math.min(videoHeight, view.clientHeight / scale));
  draw(video, (videoWidth - width) >> 1, (videoHeight - height) >> 1, width, height, LONGEST, canvas);
  return true;
}

// Draws a part of a picture so that its longest side has at most so many pixels.
export function draw(picture, left, top, width, height, longest, canvas) {
  const scale = Math.min(1, longest / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(picture, left, top, width, height, 0, 0, canvas.width, canvas.height);
}
