// A passphrase on its way to the program: sealed to the window's key before it leaves the page, because what the page
// sends passes through buffers of the web view that nobody wipes. `window_key.rs` of the shell opens it.

import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from "hpke";

import type { Submit } from "../bindings/rpc";

declare global {
  interface Window {
    /** The window's key in base64, told by the program before the page runs. */
    readonly sealTo?: string;
  }
}

const purpose = new TextEncoder().encode("mailgrant passphrase");

/** Seals a text to a key. Both are base64; the sender's share stands before the sealed text. */
export async function sealText(text: string, to: string): Promise<string> {
  const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
  const key = await suite.DeserializePublicKey(Uint8Array.from(atob(to), (letter) => letter.charCodeAt(0)));
  const { encapsulatedSecret, ciphertext } = await suite.Seal(key, new TextEncoder().encode(text), { info: purpose });
  return btoa(String.fromCharCode(...encapsulatedSecret, ...ciphertext));
}

/** A form as it may leave the page. */
export async function sealed(form: Submit, to: string): Promise<Submit> {
  if (form.kind !== "export") return form;
  const [passphrase, passphraseAgain] = await Promise.all([sealText(form.passphrase, to), sealText(form.passphraseAgain, to)]);
  return { ...form, passphrase, passphraseAgain };
}
