/** An authenticator in software: makes passkeys (ES256) and uses them, as a browser would hand over its answers. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

interface CreationOptions {
  challenge: string;
  rp: { id: string };
  user: { id: string };
}
interface RequestOptions {
  challenge: string;
  rpId: string;
}

export interface Passkey {
  id: string;
  userHandle: string;
  privateKey: KeyObject;
  counter: number;
}

/** Ways in which an answer can be wrong. */
interface Spoilt {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  fmt?: string;
  attStmt?: Map<string, unknown>;
}

/** User present, user verified, attested credential data. */
const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

export class Authenticator {
  readonly #origin: string;
  /** False for one that does not count, as of a password manager. */
  readonly #counts: boolean;

  constructor(origin: string, counts = true) {
    this.#origin = origin;
    this.#counts = counts;
  }

  /** Answers PublicKeyCredentialCreationOptionsJSON. */
  create(options: CreationOptions, spoilt: Spoilt = {}): { passkey: Passkey; response: object } {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const id = randomBytes(16);
    const counter = this.#counts ? 1 : 0;
    const passkey = { id: id.toString("base64url"), userHandle: options.user.id, privateKey, counter };
    const authData = Buffer.concat([
      authDataOf(spoilt.rpId ?? options.rp.id, FLAGS.present | FLAGS.verified | FLAGS.attested, counter),
      Buffer.alloc(16),
      Buffer.from([0, id.length]),
      id,
      isoCBOR.encode(coseOf(publicKey)),
    ]);
    const attestation = new Map<string, unknown>([
      ["fmt", spoilt.fmt ?? "none"],
      ["attStmt", spoilt.attStmt ?? new Map()],
      ["authData", new Uint8Array(authData)],
    ]);
    const response = answerOf(passkey.id, {
      clientDataJSON: this.#clientData("webauthn.create", options.challenge, spoilt),
      attestationObject: base64(isoCBOR.encode(attestation as Parameters<typeof isoCBOR.encode>[0])),
      transports: ["internal"],
    });
    return { passkey, response };
  }

  /** Answers PublicKeyCredentialRequestOptionsJSON; the counter grows by one. */
  use(passkey: Passkey, options: RequestOptions, spoilt: Spoilt = {}): object {
    if (this.#counts) passkey.counter++;
    const authData = authDataOf(spoilt.rpId ?? options.rpId, FLAGS.present | FLAGS.verified, passkey.counter);
    const clientDataJSON = this.#clientData("webauthn.get", options.challenge, spoilt);
    const hash = createHash("sha256").update(Buffer.from(clientDataJSON, "base64url")).digest();
    return answerOf(passkey.id, {
      clientDataJSON,
      authenticatorData: base64(authData),
      signature: base64(sign("sha256", Buffer.concat([authData, hash]), passkey.privateKey)),
      userHandle: passkey.userHandle,
    });
  }

  #clientData(type: string, challenge: string, spoilt: Spoilt): string {
    const data = { type, challenge, origin: this.#origin, crossOrigin: false, ...pick(spoilt) };
    return base64(Buffer.from(JSON.stringify(data)));
  }
}

const pick = ({ origin, challenge, type }: Spoilt) => ({
  ...(origin && { origin }),
  ...(challenge && { challenge }),
  ...(type && { type }),
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

const answerOf = (id: string, response: object) => ({
  id,
  rawId: id,
  type: "public-key",
  clientExtensionResults: {},
  authenticatorAttachment: "platform",
  response,
});

function authDataOf(rpId: string, flags: number, counter: number): Buffer {
  const data = Buffer.alloc(37);
  createHash("sha256").update(rpId).digest().copy(data);
  data.writeUInt8(flags, 32);
  data.writeUInt32BE(counter, 33);
  return data;
}

/** COSE_Key (RFC 9052): kty EC2, alg ES256, crv P-256, x, y. */
function coseOf(publicKey: KeyObject): Map<number, number | Uint8Array> {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, "base64url"))],
    [-3, new Uint8Array(Buffer.from(y, "base64url"))],
  ]);
}
