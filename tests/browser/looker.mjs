// What every look at a page takes: a browser, axe at its strictest, valid HTML, and three widths.

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const WIDTHS = [320, 768, 1280];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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

export class Looker {
  faults = [];
  looked = 0;

  // `address` of the application, and a folder for `pictures` of every page, or nothing
  constructor({ address, pictures }) {
    this.address = address;
    this.pictures = pictures;
    if (pictures) mkdirSync(pictures, { recursive: true });
  }

  say(where, what) {
    this.faults.push(`${where}: ${what}`);
  }

  async open() {
    this.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
  }

  // A page of a browser of its own; what goes wrong in it is told.
  async page(lang) {
    const context = await this.browser.newContext({ locale: lang === "nl" ? "nl-NL" : "en-GB" });
    const page = await context.newPage();
    page.on("pageerror", (error) => this.say(page.url(), `error: ${error.message}`));
    page.on("console", (message) => {
      const isFetch = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !isFetch) this.say(page.url(), `console: ${message.text()}`);
    });
    return page;
  }

  async signIn(page, name, password) {
    await page.goto(`${this.address}/inloggen`);
    await page.fill("[name=naam]", name);
    await page.fill("[name=wachtwoord]", password);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/");
  }

  async look(page, where, source) {
    this.looked += 1;
    await this.checkHtml(where, source);
    await page.evaluate(AXE);
    const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
    for (const fault of result.violations) {
      for (const node of fault.nodes) {
        this.say(where, `axe ${fault.id}: ${fault.help}: ${node.html.slice(0, 160)}`);
      }
    }
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const over = await page.evaluate(() => {
        const root = document.documentElement;
        return root.scrollWidth - root.clientWidth;
      });
      if (over > 0) this.say(where, `scrolls sideways by ${over} px at ${width} px`);
      if (this.pictures) {
        const name = where.replaceAll(/[^a-z0-9]+/gi, "-");
        await page.screenshot({ path: `${this.pictures}/${name}-${width}.png`, fullPage: true });
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  async checkHtml(where, source) {
    const report = await html.validateString(source);
    for (const result of report.results) {
      for (const message of result.messages) {
        this.say(where, `html ${message.ruleId}: ${message.message} (${message.line}:${message.column})`);
      }
    }
  }

  // Prints every fault on a line of its own, then the sum; ends with 1 where there is a fault.
  async close() {
    await this.browser.close();
    for (const fault of this.faults) console.log(fault);
    console.log(`${this.looked} pages looked at, ${this.faults.length} faults`);
    process.exitCode = this.faults.length > 0 ? 1 : 0;
  }
}
