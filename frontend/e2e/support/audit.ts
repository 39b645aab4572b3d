import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG 2.2 up to AA, and what axe holds to be good practice besides. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/**
 * axe finds nothing on the page as it stands, in light and in dark colours. Playwright runs axe beside the page's own
 * scripts, so the page keeps its Content Security Policy and its Trusted Types meanwhile.
 */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await violations(page), `${state}, ${colorScheme}`).toEqual([]);
  }
}

async function violations(page: Page): Promise<readonly string[]> {
  // The one frame there may be shows nothing, and no second page is to take the focus meanwhile.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().withTags(RULES).analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes
      // A menu belongs to its button, wherever in the document it stands.
      .filter(({ html }) => id !== 'region' || !/^<div [^>]*class="cdk-overlay-/.test(html))
      .map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`),
  );
}
