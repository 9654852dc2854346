import { expect, type Locator, type Page } from "@playwright/test";

/** Farther than any page needs: a control that many Tabs away cannot be reached. */
const MOST_TABS = 250;

/** Presses Tab until the control has the focus; every stop on the way has to show it. */
export async function tabTo(target: Locator): Promise<void> {
  const page = target.page();
  await expect(target).toBeVisible();
  for (let stops = 0; stops < MOST_TABS; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    await expectVisibleFocus(page);
  }
  throw new Error(`Tab does not reach ${target}`);
}

/** Goes to a link or a button with Tab and presses Enter. */
export async function activate(target: Locator): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.press("Enter");
}

/** Goes to a text field and types, replacing what is in it. */
export async function type(field: Locator, text: string): Promise<void> {
  await tabTo(field);
  const { keyboard } = field.page();
  await keyboard.press("ControlOrMeta+A");
  await keyboard.press("Delete");
  await keyboard.type(text);
  await expect(field).toHaveValue(text);
}

/** Ticks a box with the space bar. */
export async function tick(box: Locator): Promise<void> {
  await tabTo(box);
  if (!(await box.isChecked())) await box.page().keyboard.press("Space");
  await expect(box).toBeChecked();
}

/** Goes to a group of radio buttons with Tab and to the button with the arrow keys. */
export async function choose(radio: Locator): Promise<void> {
  const page = radio.page();
  const name = await radio.getAttribute("name");
  const inGroup = async (): Promise<boolean> =>
    page.evaluate((name) => document.activeElement instanceof HTMLInputElement && document.activeElement.type === "radio" && document.activeElement.name === name, name);
  const owner = await radio.evaluate((element) => (element as HTMLInputElement).form?.getAttribute("action") ?? "");
  const inForm = async (): Promise<boolean> =>
    page.evaluate((owner) => ((document.activeElement as HTMLInputElement | null)?.form?.getAttribute("action") ?? "") === owner, owner);
  for (let stops = 0; !((await inGroup()) && (await inForm())); stops++) {
    if (stops > MOST_TABS) throw new Error(`Tab does not reach ${radio}`);
    await page.keyboard.press("Tab");
    await expectVisibleFocus(page);
  }
  for (let steps = 0; !(await radio.evaluate((element) => element === document.activeElement)); steps++) {
    if (steps > 20) throw new Error(`the arrow keys do not reach ${radio}`);
    await page.keyboard.press("ArrowDown");
    await expectVisibleFocus(page);
  }
  if (!(await radio.isChecked())) await page.keyboard.press("Space");
  await expect(radio).toBeChecked();
}

/** Goes to a menu and to its entry with the arrow keys. */
export async function pick(menu: Locator, entry: string): Promise<void> {
  await tabTo(menu);
  const { keyboard } = menu.page();
  const chosen = async (): Promise<string> =>
    menu.evaluate((element) => ((element as HTMLSelectElement).selectedOptions[0]?.label ?? "").replace(/\s+/g, " ").trim());
  await keyboard.press("Home");
  for (let steps = 0; (await chosen()) !== entry; steps++) {
    if (steps > 50) throw new Error(`the menu has no entry “${entry}”`);
    await keyboard.press("ArrowDown");
  }
}

/** What has the focus shows it, and is not hidden under something else or outside the window. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  const fault = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const name = `<${element.tagName.toLowerCase()} class="${element.className}"> “${(element.textContent ?? "").trim().slice(0, 40)}”`;
    // A hidden input may show its focus on its label.
    const shown = [element, element.closest("label"), element.parentElement, element.nextElementSibling].filter((e) => e !== null);
    const ring = shown.some((e) => {
      const style = getComputedStyle(e);
      return (style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2) || (e === element && style.boxShadow !== "none");
    });
    if (!ring) return `${name} has the focus and does not show it`;
    const box = element.getBoundingClientRect();
    const points: [number, number][] = [
      [box.left + box.width / 2, box.top + box.height / 2],
      [box.left + 3, box.top + 3],
      [box.right - 3, box.top + 3],
      [box.left + 3, box.bottom - 3],
      [box.right - 3, box.bottom - 3],
    ];
    const reachable = points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top !== null && (top === element || element.contains(top) || top.contains(element) || element.closest("label")?.contains(top));
    });
    return reachable ? null : `${name} has the focus and cannot be seen`;
  });
  expect(fault).toBeNull();
}
