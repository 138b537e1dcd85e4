// Does in a browser what the people of a demonstration come for, and looks at every page on the way.
//
//   node flows.mjs '{"address": "http://127.0.0.1:8080", "password": "…", "sources": "demo/sources", "pictures": "folder"}'
//
// Prints every fault on a line of its own and ends with 1 where there is one. `pictures` may be left out.

import { readFileSync, readdirSync } from "node:fs";
import { Looker } from "./looker.mjs";

const wanted = JSON.parse(process.argv[2]);
const looker = new Looker(wanted);
const OFFICE = "/organisaties/dijkveen";

function expect(where, holds, what) {
  if (!holds) throw new Error(`${where}: ${what}`);
}

const click = (page, name) => page.getByRole("button", { name, exact: true }).click();
const follow = (page, name) => page.locator("main").getByRole("link", { name }).first().click();
const text = (page) => page.locator("main").innerText();

async function go(page, path) {
  const answer = await page.goto(wanted.address + path);
  expect(path, answer.status() === 200, `answers ${answer.status()}`);
}

// Looks at the page as it stands; its source is asked for once more.
async function look(page, title) {
  const answer = await page.request.get(page.url());
  await looker.look(page, title, await answer.text());
}

async function session(name) {
  const page = await looker.page("nl");
  await looker.signIn(page, name, wanted.password);
  return page;
}

// Presses Tab until what has the focus is what is looked for, as somebody without a mouse does.
async function tabTo(page, what, isIt) {
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(isIt);
    if (found) return;
  }
  throw new Error(`${page.url()}: the keyboard does not reach ${what}`);
}

async function enter(page, what, isIt) {
  await tabTo(page, what, isIt);
  const left = page.waitForEvent("framenavigated");
  await page.keyboard.press("Enter");
  await left;
  await page.waitForLoadState();
}

// The coordinator makes a round about permits, asks dv-02 by name and three others by a link, and opens it.
async function makeRound(page) {
  await go(page, `${OFFICE}/rondes`);
  await look(page, "rounds");
  await page.fill("[name=titel]", "Ronde in een browser");
  await page.check("[name=spoor][value=short]");
  await page.selectOption("[name=profiel]", "P-SHORT");
  await click(page, "Maak de ronde");
  const round = new URL(page.url()).pathname;
  for (const [part, side, field, value] of [
    ["team vergunningen", "work-floor", "wie", "dv-02"],
    ["teamleiders", "management", "plaatsen", "3"],
  ]) {
    const asking = page.locator("form", { has: page.locator("[name=onderdeel]") });
    await asking.locator("[name=proces]").selectOption("permits");
    await asking.locator("[name=onderdeel]").fill(part);
    await asking.locator(`[name=kant][value=${side}]`).check();
    await asking.locator(`[name=${field}]`).fill(value);
    await asking.getByRole("button", { name: "Voeg toe", exact: true }).click();
  }
  await look(page, "round, being prepared");
  await click(page, "Open de ronde");
  await page.getByRole("row", { name: "teamleiders" }).getByRole("button", { name: "Maak link" }).click();
  const found = /https?:\/\/\S+\/invullen\?code=\S+/.exec(await page.locator("body").innerText());
  expect("the link", found !== null, await text(page));
  await look(page, "round, open");
  return { round, link: found[0] };
}

// A respondent answers every question of the short track and never touches the mouse.
async function answerByKeyboard() {
  const page = await looker.page("nl");
  await go(page, "/inloggen");
  await tabTo(page, "the name", () => document.activeElement.name === "naam");
  await page.keyboard.type("dv-02");
  await tabTo(page, "the password", () => document.activeElement.name === "wachtwoord");
  await page.keyboard.type(wanted.password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");
  await enter(page, "the organisation", () => document.activeElement.getAttribute("href") === "/organisaties/dijkveen");
  await enter(page, "my questions", () => document.activeElement.getAttribute("href")?.endsWith("/vragen"));
  await look(page, "questions");
  // the last round comes first
  await enter(page, "the questions of a process", () => /\/vragen\/\d+$/.test(document.activeElement.getAttribute("href") ?? ""));
  await look(page, "questions of a process");
  await enter(page, "Begin", () => document.activeElement.innerText === "Begin");
  await look(page, "a question");
  let asked = 0;
  while (new URL(page.url()).searchParams.has("vraag")) {
    asked += 1;
    expect(page.url(), asked < 60, "there is no end to the questions");
    await tabTo(page, "the answers", () => document.activeElement.type === "radio");
    await page.keyboard.press(asked % 2 === 0 ? "ArrowDown" : "Space");
    await enter(page, "the button", () => document.activeElement.type === "submit" && document.activeElement.closest("main"));
  }
  const told = await text(page);
  expect("the end", told.includes("Alle vragen zijn beantwoord"), told);
  await look(page, "questions, all answered");
  await page.context().close();
  return asked;
}

// Somebody without an account answers everything on one page, by the link.
async function answerByLink(link, choice, isLooking) {
  const page = await looker.page("nl");
  await page.goto(link);
  if (isLooking) await look(page, "by link");
  await follow(page, "Alle vragen op één pagina");
  if (isLooking) await look(page, "by link, a list");
  const groups = page.locator("main fieldset");
  for (let at = 0; at < (await groups.count()); at += 1) {
    const radios = groups.nth(at).locator("input[type=radio]");
    if ((await radios.count()) > 0) await radios.nth(Math.min(choice, (await radios.count()) - 1)).check();
  }
  await page.locator("main button[type=submit]").last().click();
  expect("the list", (await text(page)).match(/bewaard/i), await text(page));
  await page.context().close();
}

// The coordinator sees the spread, agrees an answer in the meeting and makes the picture of the round.
async function agreeAndPicture(page, round) {
  await go(page, round);
  await look(page, "round, answered");
  await follow(page, "Spreiding van de antwoorden");
  const spread = await text(page);
  expect("the spread", !spread.includes("dv-02"), "the spread names a person");
  await look(page, "spread");
  await go(page, round);
  await click(page, "Sluit de ronde");
  await look(page, "round, closed");
  await follow(page, "Bijeenkomst");
  await look(page, "meeting");
  const question = await page.locator("main h1").innerText();
  const agreeing = page.locator("form", { has: page.locator("[name=antwoord]") });
  await agreeing.locator("[name=antwoord]").first().check();
  await agreeing.locator("[name=waarom]").fill("De leidinggevende en de werkvloer keken samen naar drie zaken.");
  await agreeing.getByRole("button", { name: "Spreek af" }).click();
  await look(page, "meeting, agreed");
  await go(page, `${round}/antwoorden`);
  const cells = await page.getByRole("row", { name: question }).getByRole("cell").allInnerTexts();
  expect("the agreement", cells.at(-1).trim() !== "", cells.join("|"));
  await look(page, "spread, agreed");
  await go(page, round);
  await click(page, "Stel de antwoorden vast");
  await click(page, "Bewaar het beeld");
  await look(page, "round, settled");
  await go(page, `${OFFICE}/beeld`);
  expect("the picture", (await text(page)).includes("Waar staat het water"), "no drawing");
  await look(page, "picture");
}

// And plans: within forty hours, kept, one measure taken up and moved.
async function makePlan(page) {
  await go(page, `${OFFICE}/plan`);
  await page.fill("[name=uren]", "40");
  await click(page, "Laat zien wat eerst kan");
  await look(page, "plan, proposed");
  await page.fill("[name=titel]", "Plan in een browser");
  await page.locator("form", { has: page.locator("[name=titel]") }).locator("button[type=submit]").click();
  const plan = new URL(page.url()).pathname;
  expect("the plan", /\/plan\/\d+$/.test(plan) && (await text(page)).includes("Plan in een browser"), page.url());
  await look(page, "plan, kept");
  for (const [path, title] of [
    ["maatregelen", "measures"],
    ["maatregelen/1", "a measure"],
    ["effect", "effect"],
    ["besluiten", "decisions"],
  ]) {
    await go(page, `${OFFICE}/${path}`);
    await look(page, title);
  }
}

// The controller goes from the picture by links to a row of evidence; that line is in the file.
async function figureToLine() {
  const page = await session("controller");
  await go(page, `${OFFICE}/beeld`);
  await follow(page, "Vergunningen en ontheffingen");
  await look(page, "process");
  await follow(page, "Alle signalen van dit proces");
  await look(page, "signals of a process");
  await follow(page, "Eén persoon behandelt en beslist over een vergunning");
  await look(page, "a signal");
  await follow(page, /^F-/);
  await look(page, "a finding");
  const rows = await page.locator("main table tbody tr").allInnerTexts();
  expect("the evidence", rows.length > 0, await text(page));
  const days = readdirSync(wanted.sources, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const folder = `${wanted.sources}/${days.map((entry) => entry.name).sort().at(-1)}`;
  for (const row of rows) {
    const [file, line, , activity, time, who] = row.split(/\t/).map((cell) => cell.trim());
    const event = readFileSync(`${folder}/${file}`, "utf8").split("\n").slice(Number(line) - 1, Number(line) + 6).join("\n");
    expect(`${file}:${line}`, event.includes("<event>") && event.includes(`"${activity}"`), event);
    expect(`${file}:${line}`, event.includes(time.replace(" ", "T")), event);
    // who it was stands in the file, and on the page a pseudonym
    const name = /org:resource" value="([^"]+)"/.exec(event);
    expect(`${file}:${line}`, name && !row.includes(name[1]) && /^p-[0-9a-f]+ Wie is dit\?$/.test(who), row);
  }
  // and from there to the case around it, in which the same rows are marked
  await page.locator("#rijen tbody a").first().click();
  await look(page, "a whole case");
  const events = await page.locator("#zaak tbody tr").allInnerTexts();
  const marked = events.filter((event) => /\bbewijs\b/.test(event));
  expect("the whole case", events.length > marked.length && marked.length === rows.length, events.join("\n"));
  for (const [path, title] of [["signalen", "signals"], ["bronnen", "sources"], ["bronnen/permits", "a source"], ["beeld/payments", "process of payments"], ["signalen/payments/FIN-02", "a signal of payments"]]) {
    await go(page, `${OFFICE}/${path}`);
    await look(page, title);
  }
  await page.context().close();
}

// A controller asks who somebody is; the integrity officer hears that the demonstration has no key
// for names, and refuses.
async function askName() {
  const controller = await session("controller");
  await go(controller, `${OFFICE}/signalen/permits/VER-01`);
  await follow(controller, /^F-/);
  await follow(controller, "Wie is dit?");
  await look(controller, "names, asking");
  await controller.fill("[name=reden]", "De leidinggevende moet dit met iemand bespreken.");
  await click(controller, "Vraag de naam");
  await look(controller, "names");
  const officer = await session("integriteit");
  await go(officer, `${OFFICE}/ontsluiten`);
  await follow(officer, /^Vraag \d+/);
  await look(officer, "a name, to be decided");
  await officer.check("[name=besluit][value=open]");
  await officer.fill("[name=reden]", "Het gesprek is gepland.");
  const refused = officer.waitForResponse((answer) => answer.request().method() === "POST");
  await click(officer, "Bewaren");
  expect("without a key", (await refused).status() === 409, await text(officer));
  await officer.goBack();
  await officer.check("[name=besluit][value=weiger]");
  await officer.fill("[name=reden]", "De demonstratie heeft geen sleutel.");
  await click(officer, "Bewaren");
  expect("the refusal", (await text(officer)).includes("geweigerd"), await text(officer));
  await look(officer, "a name, refused");
  await controller.context().close();
  await officer.context().close();
}

// The auditor finds that look in the log.
async function readLog() {
  const page = await session("auditor");
  await go(page, `${OFFICE}/logboek`);
  expect("the log", (await text(page)).includes("controller"), await text(page));
  expect("the log", (await text(page)).includes("ontsloten"), "no verdict on a name");
  await look(page, "log");
  await go(page, `${OFFICE}/logboek/regels`);
  await look(page, "rules over the log");
  await page.context().close();
}

await looker.open();
try {
  const coordinator = await session("dv-01");
  const { round, link } = await makeRound(coordinator);
  console.log(`${await answerByKeyboard()} questions answered by keyboard`);
  await answerByLink(link, 0, true);
  await answerByLink(link, 2, false);
  await agreeAndPicture(coordinator, round);
  await makePlan(coordinator);
  await figureToLine();
  await askName();
  await readLog();
} catch (error) {
  looker.say("a way that does not end", error.stack);
} finally {
  await looker.close();
}
