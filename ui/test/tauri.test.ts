import { CipherSuite, AEAD_AES_128_GCM, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from "hpke";
import { expect, it, vi } from "vitest";

const invoke = vi.hoisted(() => vi.fn((command: string) => Promise.resolve(command)));
vi.mock("@tauri-apps/api/core", () => ({ invoke }));

import { tauri } from "../src/platform/tauri";

it("keeps the order of what is pressed, also where a passphrase is sealed first", async () => {
  const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
  const { publicKey } = await suite.GenerateKeyPair(true);
  vi.stubGlobal("window", { sealTo: btoa(String.fromCharCode(...(await suite.SerializePublicKey(publicKey)))) });
  tauri.submit({
    kind: "export",
    opener: "passphrase",
    givenKey: "",
    keyCompared: false,
    passphrase: "six plain words",
    passphraseAgain: "six plain words",
    folder: "/somewhere",
  });
  tauri.act({ kind: "back" }, 1);
  await vi.waitFor(() => expect(invoke).toHaveBeenCalledTimes(2));
  expect(invoke.mock.calls.map(([command]) => command)).toEqual(["submit", "act"]);
  expect(JSON.stringify(invoke.mock.calls)).not.toContain("plain");
});
