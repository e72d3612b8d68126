import { CipherSuite, AEAD_AES_128_GCM, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from "hpke";
import { describe, expect, it } from "vitest";

import { sealed, sealText } from "../src/platform/sealed";

const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

describe("a passphrase that leaves the page", () => {
  it("is sealed, twice differently, and opens with the window's key alone", async () => {
    const key = await suite.GenerateKeyPair(true);
    const to = btoa(String.fromCharCode(...(await suite.SerializePublicKey(key.publicKey))));
    const form = await sealed(
      {
        kind: "export",
        opener: "passphrase",
        givenKey: "",
        keyCompared: false,
        passphrase: "six plain words",
        passphraseAgain: "six plain words",
        folder: "/somewhere",
      },
      to,
    );
    if (form.kind !== "export") throw new Error(form.kind);
    expect(JSON.stringify(form)).not.toContain("plain");
    expect(form.passphrase).not.toBe(form.passphraseAgain);
    for (const text of [form.passphrase, form.passphraseAgain]) {
      const all = bytes(text);
      const info = new TextEncoder().encode("mailgrant passphrase");
      const opened = await suite.Open(key, all.slice(0, 65), all.slice(65), { info });
      expect(new TextDecoder().decode(opened)).toBe("six plain words");
    }
  });

  it("seals nothing to what is no key", async () => {
    await expect(sealText("six plain words", "")).rejects.toThrow();
  });

  it("leaves every other form as it is", async () => {
    const form = { kind: "search-mailboxes", text: "support" } as const;
    expect(await sealed(form, "")).toBe(form);
  });
});
