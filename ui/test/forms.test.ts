import { describe, expect, test } from "vitest";

import { boxAfterSending, boxAfterView, boxOf, unsaid, gatherClient, gatherExport, openerOf, readClient } from "../src/forms";

describe("the sign-in client", () => {
  test("an offered one is chosen", () => {
    expect(readClient("14d82eec", ["14d82eec", "own"])).toEqual({ choice: "14d82eec", typed: "" });
  });

  test("an id that isn't offered stands in the box", () => {
    expect(readClient("4b1c7f52", ["14d82eec", "own"])).toEqual({ choice: "own", typed: "4b1c7f52" });
  });

  test("the typed id is sent in place of the word own", () => {
    expect(gatherClient("own", " 4b1c7f52 ")).toEqual({ kind: "client", value: "4b1c7f52" });
    expect(gatherClient("own", "  ")).toEqual({ kind: "client", value: "own" });
    expect(gatherClient("14d82eec", "4b1c7f52")).toEqual({ kind: "client", value: "14d82eec" });
  });
});

describe("the export", () => {
  test("a radio button stands for an opener, and no other text does", () => {
    expect(["profile-key", "given-key", "passphrase", "", "key"].map(openerOf)).toEqual([
      "profile-key",
      "given-key",
      "passphrase",
      undefined,
      undefined,
    ]);
  });

  const form = { opener: "passphrase" as const, givenKey: " age1q ", keyCompared: false, folder: "/home/dana" };

  test("reads both passphrase boxes and empties them", () => {
    const first = { value: "correct horse" };
    const again = { value: "correct horse " };
    expect(gatherExport(form, first, again)).toEqual({
      kind: "export",
      opener: "passphrase",
      givenKey: "age1q",
      keyCompared: false,
      passphrase: "correct horse",
      passphraseAgain: "correct horse ",
      folder: "/home/dana",
    });
    expect(first.value).toBe("");
    expect(again.value).toBe("");
  });

  test("has no passphrase where there is no box", () => {
    expect(gatherExport({ ...form, opener: "given-key" }, null, null)).toMatchObject({ passphrase: "", passphraseAgain: "" });
  });
});

describe("a box of mailboxes", () => {
  test("keeps what is typed when its own echo arrives", () => {
    const sent = boxAfterSending({ ...boxOf(""), text: "support" });
    const typing = { ...sent, text: "support@c" };
    expect(boxAfterView(typing, "support", false)).toMatchObject({ text: "support@c", seen: "support", sent: [] });
  });

  test("keeps what is typed when a view from before arrives", () => {
    const sent = boxAfterSending({ ...boxOf(""), text: "ceo@contoso.example" });
    expect(boxAfterView(sent, "", false).text).toBe("ceo@contoso.example");
  });

  test("keeps the newer text when an older echo arrives", () => {
    const first = boxAfterSending({ ...boxOf(""), text: "one" });
    const second = boxAfterSending({ ...first, text: "one, two" });
    const echoed = boxAfterView(second, "one", false);
    expect(echoed.text).toBe("one, two");
    expect(boxAfterView(echoed, "one, two", false)).toMatchObject({ text: "one, two", sent: [] });
  });

  test("takes what the program says of it", () => {
    expect(boxAfterView(boxOf(""), "kept@contoso.example", false)).toEqual(boxOf("kept@contoso.example"));
  });

  test("is emptied once it was read, and not while it is being read", () => {
    const read = { ...boxOf(""), text: "support@contoso.example", handedOver: true };
    expect(boxAfterView(read, "", true)).toBe(read);
    expect(boxAfterView(read, "", false)).toEqual(boxOf(""));
  });

  test("knows whether something in it is unsaid", () => {
    const typed = { ...boxOf(""), text: "a@b.example" };
    expect(unsaid(typed)).toBe(true);
    expect(unsaid(boxAfterSending(typed))).toBe(false);
    expect(unsaid({ ...typed, handedOver: true })).toBe(false);
  });
});
