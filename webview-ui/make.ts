/** Makes elements. Text goes in as text nodes and styles come from the sheet: nothing here can run or be blocked by the CSP. */

export type Child = Node | string | null;

type Attribute = string | number | boolean | null;

/** Attributes by name (true: present, null and false: absent); functions are listeners, named by their event. */
export type Attributes = Record<string, Attribute | ((event: Event) => void)>;

/** @example make('button', { type: 'button', click: refresh }, 'Refresh') */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG, where positions are attributes and may be percentages. */
export function makeSvg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== null && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}
