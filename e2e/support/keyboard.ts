import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { test as base } from "./test";

export { expect } from "./test";

/** How somebody without a mouse works a page. A control that their keys do not lead to ends the journey. */
export type Keys = {
  /** Tab and Shift+Tab to it; the arrows inside what is one stop: tabs, radios, a menu, a list of options. */
  reach: (control: Locator) => Promise<void>;
  /** Enter on a control, or another key. */
  press: (control: Locator, key?: string) => Promise<void>;
  /** Writes over what is in a field. */
  type: (field: Locator, text: string) => Promise<void>;
  /** Opens a select or a menu and takes what is named. */
  choose: (opener: Locator, choice: Locator) => Promise<void>;
};

/** `keys` is how such a journey acts, and fails it when anything else than a key did. */
export const test = base.extend<{ keys: Keys }>({
  keys: async ({ page, context }, use) => {
    const otherInput = await watchOtherInput(context);
    await use(keysOf(page));
    expect(otherInput, "what was not done by key").toEqual([]);
  },
});

export function keysOf(page: Page): Keys {
  const reach = (control: Locator) => reachByKey(page, control);
  const press = async (control: Locator, key = "Enter") => {
    await reach(control);
    await page.keyboard.press(key);
  };
  return {
    reach,
    press,
    type: async (field, text) => {
      await reach(field);
      await page.keyboard.press("Control+A");
      if (text === "") await page.keyboard.press("Delete");
      else await page.keyboard.type(text);
    },
    choose: async (opener, choice) => {
      await press(opener);
      await press(choice);
      await expect(choice).toBeHidden();
    },
  };
}

const stepsMax = 250;

async function reachByKey(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  let turns = 0;
  let last = "";
  for (let step = 0; step < stepsMax; step++) {
    const key = await control.evaluate(keyTowards);
    if (key === null) return;
    // Past it one way, and past it again on the way back: it is no stop of the Tab key.
    const back = key.startsWith("Shift+");
    if (last !== "" && back !== last.startsWith("Shift+")) turns += 1;
    if (turns > 2) break;
    last = key;
    await page.keyboard.press(key);
  }
  throw new Error(`no key leads to ${control}`);
}

/** In the page: the key that leads from the focus towards a control, or null on it. */
async function keyTowards(control: Element): Promise<string | null> {
  // Menus and tabs move the focus in a task of their own.
  await new Promise((resolve) => setTimeout(resolve));
  const from = document.activeElement;
  if (from === control) return null;
  const isAfter =
    from === null || Boolean(from.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING);
  const group = control.closest("[role=tablist],[role=radiogroup],[role=menu],[role=listbox]");
  if (!group?.contains(from)) return isAfter ? "Tab" : "Shift+Tab";
  const sideways = group.matches("[role=tablist]");
  if (isAfter) return sideways ? "ArrowRight" : "ArrowDown";
  return sideways ? "ArrowLeft" : "ArrowUp";
}

/** What comes in from now on that no key made: a pointer on any page of the context, and text that nobody typed. */
export async function watchOtherInput(context: BrowserContext): Promise<string[]> {
  const seen: string[] = [];
  await context.exposeBinding("reportOtherInput", (_, what: string) => void seen.push(what));
  await context.addInitScript(watchInPage);
  return seen;
}

function watchInPage(): void {
  const { reportOtherInput } = window as unknown as { reportOtherInput: (what: string) => void };
  const held = new Set<string>();
  const options = { capture: true, passive: true };
  const report = (event: Event) => {
    const { target } = event;
    const at =
      target instanceof Element ? `${target.localName} "${target.textContent?.slice(0, 40)}"` : "page";
    if (event.isTrusted) reportOtherInput(`${event.type} on ${at}`);
  };
  for (const type of ["pointerdown", "pointermove", "mousedown", "mousemove", "touchstart", "wheel", "drop"])
    window.addEventListener(type, report, options);
  window.addEventListener("keydown", (event) => held.add(event.code), options);
  window.addEventListener(
    "keyup",
    // A box is ticked when its key is let go, after this.
    (event) => setTimeout(() => held.delete(event.code)),
    options,
  );
  window.addEventListener("input", (event) => held.size === 0 && report(event), options);
}
