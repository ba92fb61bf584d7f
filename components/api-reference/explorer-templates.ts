type Renderable = { renderOptions: { creationScope?: TemplateScope } };
type RenderableClass = { prototype: Renderable & { createRenderRoot: () => Element | DocumentFragment } };
type TemplateScope = { importNode: (node: DocumentFragment, deep?: boolean) => DocumentFragment };

/** The renderer's elements whose templates hold style elements, and its outermost one. */
const tags = ["openapi-explorer", "schema-table"];
const adapted = new WeakSet<object>();

/**
 * Makes the renderer's templates fit our page: its style elements carry the page's nonce, landmarks that ours has
 * already become plain boxes, and what opens an operation on a narrow screen is reached by keyboard. By lit's own `creationScope`, which is asked for every copy of a template; a box in an
 * element's place keeps the order that lit finds its parts by.
 */
export function adaptTemplates(nonce: string | undefined): void {
  const scope: TemplateScope = {
    importNode: (node, deep) => {
      const copy = document.importNode(node, deep);
      for (const style of copy.querySelectorAll("style")) if (nonce) style.nonce = nonce;
      for (const landmark of copy.querySelectorAll("main, nav nav")) asBox(landmark);
      for (const summary of copy.querySelectorAll("summary")) asButton(summary);
      return copy;
    },
  };
  for (const tag of tags) {
    const { prototype } = customElements.get(tag) as unknown as RenderableClass;
    if (adapted.has(prototype)) continue;
    adapted.add(prototype);
    const { createRenderRoot } = prototype;
    prototype.createRenderRoot = function (this: Renderable) {
      this.renderOptions.creationScope = scope;
      return createRenderRoot.call(this);
    };
  }
}

function asBox(landmark: Element): void {
  const box = document.createElement("div");
  for (const { name, value } of landmark.attributes) box.setAttribute(name, value);
  box.append(...landmark.childNodes);
  landmark.replaceWith(box);
}

/** A summary outside of details is nothing that the keyboard knows. */
function asButton(summary: HTMLElement): void {
  summary.tabIndex = 0;
  summary.setAttribute("role", "button");
  summary.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    summary.click();
  });
}
