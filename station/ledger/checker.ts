/** What checking needs of the machine it runs on: in the station node:crypto, in the offline verifier plain JavaScript. */
export interface Checker {
  /** Of the text's UTF-8 bytes, hex. */
  readonly sha256: (text: string) => string;
  /** Whether an Ed25519 signature (base64) of the message's UTF-8 bytes holds under an SPKI key (base64). */
  readonly signatureHolds: (publicKey: string, message: string, signature: string) => boolean;
}
