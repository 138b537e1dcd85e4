// Looks at the pages as people do: with a browser at three widths, with the keyboard, and through axe.
//
//   node check.mjs '{"address": "http://127.0.0.1:8080", "name": "ada", "password": "…", "pictures": "folder"}'
//
// Prints every fault on a line of its own and ends with 1 where there is one. `pictures` may be left out.

import { Looker } from "./looker.mjs";
import { signedInPages, visitorPages } from "./pages.mjs";

const wanted = JSON.parse(process.argv[2]);
const looker = new Looker(wanted);

// The skip link comes first and leads to the content; after a fault the summary has the focus.
async function checkKeyboard(page, where, isFaulty) {
  const focused = () => page.evaluate(() => {
    const at = document.activeElement;
    return at?.id || at?.getAttribute("aria-labelledby") || at?.getAttribute("href") || at?.tagName;
  });
  if (isFaulty) {
    const at = await focused();
    if (at !== "fouten") looker.say(where, `the focus is at ${at}, not at the summary of faults`);
    return;
  }
  await page.keyboard.press("Tab");
  if ((await focused()) !== "#inhoud") looker.say(where, `the first stop of the keyboard is ${await focused()}`);
  await page.keyboard.press("Enter");
  if ((await focused()) !== "inhoud") looker.say(where, `the skip link leads to ${await focused()}`);
}

async function visit(page, lang, item) {
  const where = `${lang} ${item.title}`;
  const response = await page.goto(wanted.address + item.path);
  let source = await response.text();
  let status = response.status();
  if (item.submit) {
    // what a form leads to: its own page again, or the one it sends the browser to
    const isPage = (answer) =>
      answer.request().isNavigationRequest() && !(answer.status() >= 300 && answer.status() < 400);
    const answered = page.waitForResponse(isPage);
    await item.submit(page);
    const answer = await answered;
    status = answer.status();
    await page.waitForLoadState();
    source = await answer.text();
  }
  if (status !== (item.status ?? 200)) looker.say(where, `answers ${status}`);
  const text = item.tells ? await page.locator("main").innerText() : "";
  if (item.tells && !item.tells.test(text)) looker.say(where, `does not tell ${item.tells}: ${text}`);
  await checkKeyboard(page, where, source.includes('id="fouten"'));
  await looker.look(page, where, source);
}

await looker.open();
try {
  for (const lang of ["nl", "en"]) {
    const page = await looker.page(lang);
    for (const item of visitorPages) await visit(page, lang, item);
    await looker.signIn(page, wanted.name, wanted.password);
    for (const item of signedInPages) await visit(page, lang, item);
    await page.context().close();
  }
} finally {
  await looker.close();
}
