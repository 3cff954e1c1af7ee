/** The theme's colors for what CSS cannot paint: canvases. Everything else is themed by report.css alone. */

export interface Theme {
  /** Lines instead of tints, because a tint may not be seen. */
  highContrast: boolean;
  background: string;
  foreground: string;
  muted: string;
  grid: string;
  blue: string;
  red: string;
  yellow: string;
  green: string;
  purple: string;
  hoverBackground: string;
  hoverForeground: string;
  hoverBorder: string;
  fontFamily: string;
  fontSizePx: number;
}

/** Colors as the document has them now, each as `rgba(…)` or `#rrggbb`. */
export function readTheme(): Theme {
  const styles = getComputedStyle(document.documentElement);
  const color = (...names: string[]): string => {
    const found = names.map((name) => styles.getPropertyValue(`--vscode-${name}`).trim()).find((value) => value !== '');
    return found ?? getComputedStyle(document.body).color;
  };
  return {
    highContrast: document.body.classList.contains('vscode-high-contrast'),
    background: color('editor-background'),
    foreground: color('foreground'),
    muted: color('descriptionForeground', 'foreground'),
    grid: color('charts-lines', 'foreground'),
    blue: color('charts-blue'),
    red: color('charts-red'),
    yellow: color('charts-yellow'),
    green: color('charts-green'),
    purple: color('charts-purple'),
    hoverBackground: color('editorHoverWidget-background', 'editor-background'),
    hoverForeground: color('editorHoverWidget-foreground', 'foreground'),
    hoverBorder: color('editorHoverWidget-border', 'contrastBorder', 'charts-lines'),
    fontFamily: getComputedStyle(document.body).fontFamily,
    fontSizePx: Number.parseFloat(getComputedStyle(document.body).fontSize) || 13,
  };
}

/** A color with its opacity multiplied, 0 to 1; the canvas itself parses whatever notation the theme uses. */
export function withAlpha(color: string, alpha: number): string {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return color;
  context.fillStyle = color;
  const text = context.fillStyle; // reads back as #rrggbb, or as rgba(r, g, b, a)
  const hex = /^#(..)(..)(..)$/.exec(text);
  if (hex)
    return `rgba(${hex
      .slice(1)
      .map((part) => Number.parseInt(part, 16))
      .join(', ')}, ${alpha})`;
  return text.replace(/[\d.]+\)$/, (own) => `${Number.parseFloat(own) * alpha})`);
}

/** Calls back, at most once a frame, when VS Code has changed the theme: it rewrites the body's class and the root's style. */
export function onThemeChange(listener: () => void): void {
  let waiting = false;
  const observer = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      listener();
    });
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
