// The pages that are looked at, one of each kind and each state: empty, filled, faulty, refused.

const send = (page) => page.locator("main button[type=submit]").click();

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
  { title: "account", path: "/account" },
  { title: "account, done", path: "/account?gelukt=wachtwoord" },
  { title: "password", path: "/account/wachtwoord" },
  { title: "password, faulty", path: "/account/wachtwoord", submit: wrongRepetition, status: 422 },
  { title: "second step", path: "/account/tweede-stap" },
  { title: "second step, empty", path: "/account/tweede-stap", submit: send, status: 422 },
  { title: "parts", path: "/huisstijl" },
  { title: "parts, faulty", path: "/huisstijl", submit: send, status: 422 },
  { title: "signed in, not found", path: "/bestaat-niet", status: 404 },
];
