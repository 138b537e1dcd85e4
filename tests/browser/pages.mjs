// The pages that are looked at, one of each kind and each state: empty, filled, faulty, refused.

// the last form of a page is the one that is meant
const send = (page) => page.locator("main button[type=submit]").last().click();

async function wrongPassword(page) {
  await page.fill("[name=naam]", "niemand@dijkveen.example");
  await page.fill("[name=wachtwoord]", "dit is niet het goede");
  await send(page);
}

async function wrongRepetition(page) {
  await page.fill("[name=huidig]", "iets");
  await page.fill("[name=nieuw]", "een heel lang wachtwoord");
  await page.fill("[name=herhaling]", "een ander lang wachtwoord");
  await send(page);
}

async function makeToken(page) {
  await page.fill("[name=titel]", "Bord van de controller");
  await page.check("[name=waarvoor][value=lezen]");
  await send(page);
}

async function bring(page, name, text) {
  await page.selectOption("[name=proces]", "permits");
  const file = { name, mimeType: "application/octet-stream", buffer: Buffer.from(text) };
  await page.setInputFiles("[name=bestand]", file);
  await send(page);
}

const brokenFile = (page) => bring(page, "zaken.xes", "<log><trace><event></log>");

const goodFile = (page) =>
  bring(page, "zaken.csv", "zaak;activiteit;tijd;wie\nZ-1;Besluit genomen;2026-03-02 09:00;jan\n");

export const visitorPages = [
  { title: "sign in", path: "/inloggen" },
  { title: "sign in, expired", path: "/inloggen?terug=%2Faccount&reden=verlopen" },
  { title: "sign in, signed out", path: "/inloggen?gelukt=uit" },
  { title: "sign in, broken off", path: "/inloggen?reden=afgebroken" },
  { title: "sign in, empty", path: "/inloggen", submit: send, status: 422 },
  { title: "sign in, wrong", path: "/inloggen", submit: wrongPassword, status: 422 },
  { title: "invitation", path: "/uitnodiging" },
  { title: "invitation, empty", path: "/uitnodiging", submit: send, status: 422 },
  { title: "help", path: "/hulp" },
  { title: "not found", path: "/bestaat-niet", status: 404 },
];

export const signedInPages = [
  { title: "start", path: "/" },
  { title: "organisation", path: "/organisaties/dijkveen" },
  { title: "organisation, forbidden", path: "/organisaties/regio", status: 403 },
  { title: "organisation, hidden", path: "/organisaties/elders", status: 404 },
  { title: "picture, empty", path: "/organisaties/dijkveen/beeld" },
  { title: "questions, empty", path: "/organisaties/dijkveen/vragen", status: 200 },
  { title: "rounds, empty", path: "/organisaties/dijkveen/rondes" },
  { title: "round, faulty", path: "/organisaties/dijkveen/rondes", submit: send, status: 422 },
  { title: "signals, empty", path: "/organisaties/dijkveen/signalen" },
  { title: "plan, empty", path: "/organisaties/dijkveen/plan" },
  { title: "measures, empty", path: "/organisaties/dijkveen/maatregelen" },
  { title: "effect, empty", path: "/organisaties/dijkveen/effect" },
  { title: "decisions, empty", path: "/organisaties/dijkveen/besluiten" },
  { title: "sources, empty", path: "/organisaties/dijkveen/bronnen" },
  { title: "sources, faulty", path: "/organisaties/dijkveen/bronnen", submit: send, status: 422 },
  { title: "sources, a broken file", path: "/organisaties/dijkveen/bronnen", submit: brokenFile, status: 422, tells: /(regel|line) 1\b/i },
  { title: "sources, a preview", path: "/organisaties/dijkveen/bronnen", submit: goodFile },
  { title: "management", path: "/organisaties/dijkveen/beheer" },
  { title: "another organisation", path: "/organisaties/dijkveen/beheer/erbij" },
  { title: "another organisation, faulty", path: "/organisaties/dijkveen/beheer/erbij", submit: send, status: 422 },
  { title: "people", path: "/organisaties/dijkveen/beheer/mensen" },
  { title: "catalogue", path: "/catalogus" },
  { title: "catalogue, a kind", path: "/catalogus/control" },
  { title: "catalogue, an item", path: "/catalogus/control/b39" },
  { title: "terms", path: "/begrippen" },
  { title: "learning", path: "/leren" },
  { title: "learning, a card", path: "/leren/kaarten/k-bes" },
  { title: "learning, a dilemma", path: "/leren/dilemmas/d-bes-03" },
  { title: "account", path: "/account" },
  { title: "account, done", path: "/account?gelukt=wachtwoord" },
  { title: "password", path: "/account/wachtwoord" },
  { title: "password, faulty", path: "/account/wachtwoord", submit: wrongRepetition, status: 422 },
  { title: "tokens", path: "/account/tokens" },
  { title: "tokens, faulty", path: "/account/tokens", submit: send, status: 422 },
  { title: "tokens, made", path: "/account/tokens", submit: makeToken },
  { title: "second step", path: "/account/tweede-stap" },
  { title: "second step, empty", path: "/account/tweede-stap", submit: send, status: 422 },
  { title: "parts", path: "/huisstijl" },
  { title: "parts, faulty", path: "/huisstijl", submit: send, status: 422 },
  { title: "signed in, not found", path: "/bestaat-niet", status: 404 },
];
