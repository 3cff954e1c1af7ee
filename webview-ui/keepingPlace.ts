/** Changes the page without moving what the user reads or has the focus on; `top` is where it is scrolled to. */
export function keepingPlace(top: number, change: () => void): void {
  const key = document.activeElement?.getAttribute('data-key');
  change();
  if (key !== null && key !== undefined)
    document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  window.scrollTo({ top, behavior: 'instant' });
}
