// Buttons that copy a snippet. The page is whole without this file: snippets can be selected and copied by hand.
for (const block of document.querySelectorAll('.snippet')) {
  const button = block.querySelector('button');
  const status = block.querySelector('[role=status]');
  const code = block.querySelector('code');
  // The clipboard exists on https and on the reader's own machine only.
  if (!button || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      status.textContent = button.dataset.done;
    } catch {
      // Not allowed: leave it selected, one key away.
      getSelection().selectAllChildren(code);
      status.textContent = button.dataset.select;
    }
    setTimeout(() => (status.textContent = ''), 4000);
  });
}
