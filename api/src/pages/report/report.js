// Makes a photo small before it is sent: a weak network carries it sooner, and where it was taken stays on the device.
// Without this the photo goes as it is, and the service does the same.
(() => {
  const LONGEST = 1600;
  const SMALL = 300000;
  const input = document.querySelector('input[type=file][name=photo]');
  if (!input || !window.createImageBitmap || !window.DataTransfer) return;
  input.addEventListener('change', async () => {
    const file = input.files[0];
    if (!file || file.size <= SMALL) return;
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
      // Another photo may have been chosen meanwhile.
      if (!blob || blob.size >= file.size || input.files[0] !== file) return;
      const chosen = new DataTransfer();
      chosen.items.add(new File([blob], 'photo.jpg', { type: 'image/jpeg' }));
      input.files = chosen.files;
    } catch {
      // It cannot be read here; the service says what to do.
    }
  });
})();
