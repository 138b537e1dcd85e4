// Looks at the pages as people do: with a browser at three widths, with the keyboard, and through axe.
//
//   node check.mjs '{"address": "http://127.0.0.1:8080", "name": "ada", "password": "…", "pictures": "folder"}'
//
// Prints every fault on a line of its own and ends with 1 where there is one. `pictures` may be left out.

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";
import { signedInPages, visitorPages } from "./pages.mjs";

const WIDTHS = [320, 768, 1280];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const wanted = JSON.parse(process.argv[2]);
const faults = [];
let looked = 0;

const html = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // ours: long lines and one-line documents are made by a program
    "no-trailing-whitespace": "off",
    "long-title": "off",
    // a void element without a slash is what HTML asks for; `doctype` in capitals is fine too
    "doctype-style": "off",
    // the pages are served with headers of their own
    "require-sri": "off",
  },
});

function say(where, what) {
  faults.push(`${where}: ${what}`);
}

async function look(page, where, source) {
  looked += 1;
  await checkHtml(where, source);
  await page.evaluate(AXE);
  const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  for (const fault of result.violations) {
    for (const node of fault.nodes) {
      say(where, `axe ${fault.id}: ${fault.help}: ${node.html.slice(0, 160)}`);
    }
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => {
      const root = document.documentElement;
      return root.scrollWidth - root.clientWidth;
    });
    if (over > 0) say(where, `scrolls sideways by ${over} px at ${width} px`);
    if (wanted.pictures) {
      const name = where.replaceAll(/[^a-z0-9]+/gi, "-");
      await page.screenshot({ path: `${wanted.pictures}/${name}-${width}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function checkHtml(where, source) {
  const report = await html.validateString(source);
  for (const result of report.results) {
    for (const message of result.messages) {
      say(where, `html ${message.ruleId}: ${message.message} (${message.line}:${message.column})`);
    }
  }
}

// The skip link comes first and leads to the content; after a fault the summary has the focus.
async function checkKeyboard(page, where, isFaulty) {
  const focused = () => page.evaluate(() => {
    const at = document.activeElement;
    return at?.id || at?.getAttribute("aria-labelledby") || at?.getAttribute("href") || at?.tagName;
  });
  if (isFaulty) {
    const at = await focused();
    if (at !== "fouten") say(where, `the focus is at ${at}, not at the summary of faults`);
    return;
  }
  await page.keyboard.press("Tab");
  if ((await focused()) !== "#inhoud") say(where, `the first stop of the keyboard is ${await focused()}`);
  await page.keyboard.press("Enter");
  if ((await focused()) !== "inhoud") say(where, `the skip link leads to ${await focused()}`);
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
  if (status !== (item.status ?? 200)) say(where, `answers ${status}`);
  await checkKeyboard(page, where, source.includes('id="fouten"'));
  await look(page, where, source);
}

async function signIn(page) {
  await page.goto(`${wanted.address}/inloggen`);
  await page.fill("[name=naam]", wanted.name);
  await page.fill("[name=wachtwoord]", wanted.password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");
}

if (wanted.pictures) mkdirSync(wanted.pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  for (const lang of ["nl", "en"]) {
    const context = await browser.newContext({ locale: lang === "nl" ? "nl-NL" : "en-GB" });
    const page = await context.newPage();
    page.on("pageerror", (error) => say(page.url(), `error: ${error.message}`));
    page.on("console", (message) => {
      const isFetch = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !isFetch) say(page.url(), `console: ${message.text()}`);
    });
    for (const item of visitorPages) await visit(page, lang, item);
    await signIn(page);
    for (const item of signedInPages) await visit(page, lang, item);
    await context.close();
  }
} finally {
  await browser.close();
}
for (const fault of faults) console.log(fault);
console.log(`${looked} pages looked at, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
