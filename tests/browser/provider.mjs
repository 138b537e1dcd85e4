// A provider that is certified by the OpenID Foundation, for the tests of signing in.
//
//   node provider.mjs http://127.0.0.1:8080/inloggen/terug
//
// Prints one line of JSON: the issuer, and the key or secret of each client. Ends when its input does.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const redirect = process.argv[2];

function keys(algorithm) {
  const made = algorithm === "ES256"
    ? generateKeyPairSync("ec", { namedCurve: "P-256" })
    : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    pem: made.privateKey.export({ type: "pkcs8", format: "pem" }),
    jwk: { ...made.publicKey.export({ format: "jwk" }), alg: algorithm, use: "sig" },
    own: { ...made.privateKey.export({ format: "jwk" }), alg: algorithm, use: "sig", kid: algorithm },
  };
}

const signed = ["ES256", "PS256"].map((algorithm) => ({ algorithm, ...keys(algorithm) }));
const common = { redirect_uris: [redirect], grant_types: ["authorization_code"], response_types: ["code"] };
const secret = "geheim: met % en &";
const clients = [
  ...signed.map(({ algorithm, jwk }) => ({
    ...common,
    client_id: `dijkwacht-${algorithm}`,
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: algorithm,
    id_token_signed_response_alg: algorithm,
    jwks: { keys: [jwk] },
  })),
  {
    ...common,
    client_id: "dijkwacht-secret",
    client_secret: secret,
    token_endpoint_auth_method: "client_secret_basic",
    id_token_signed_response_alg: "RS256",
  },
];

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients,
    jwks: { keys: ["RS256", "PS256", "ES256"].map((algorithm) => keys(algorithm).own) },
    // the claims stand in the token itself, as with most providers of municipalities
    conformIdTokenClaims: false,
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"], groups: ["groups"] },
    scopes: ["openid", "profile", "email", "groups"],
    pkce: { required: () => true },
    enabledJWA: {
      clientAuthSigningAlgValues: ["ES256", "PS256"],
      idTokenSigningAlgValues: ["RS256", "PS256", "ES256"],
    },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: `subject of ${id}`,
        email: `${id}@dijkveen.example`,
        email_verified: true,
        name: `Naam van ${id}`,
        groups: ["dijkwacht-lezers", "iedereen"],
      }),
    }),
  });
  server.on("request", provider.callback());
  const known = Object.fromEntries(signed.map(({ algorithm, pem }) => [`dijkwacht-${algorithm}`, pem]));
  console.log(JSON.stringify({ issuer, keys: known, secret }));
});
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
