import { Checkbox, Input } from "@fluentui/react-components";
import { Search20Regular } from "@fluentui/react-icons";
import { useState } from "react";

import { Choices } from "../parts/Choices";
import { Disclosure } from "../parts/Disclosure";
import { Messages } from "../parts/Message";
import { usePageForm, useWindow } from "../parts/context";
import { words } from "../words";
import type { Of } from "./Start";

export default function Choose({ content }: { content: Of<"choose"> }) {
  const [chosen, setChosen] = useState(content.chosen);
  const [search, setSearch] = useState("");
  const { act } = useWindow();
  usePageForm({ gather: () => ({ kind: "choose", value: chosen }) });
  const wanted = search.trim().toLowerCase();
  const shown = content.choices.filter(
    (choice) => choice.value === chosen || `${choice.title} ${choice.detail}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <Messages messages={content.messages} />
      {content.searchable && (
        <Input
          id="search"
          className="search-list"
          type="search"
          aria-label={words.searchList}
          contentBefore={<Search20Regular aria-hidden />}
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
      )}
      <Choices
        field={content.field}
        legend={{ words: content.legend, shown: false }}
        choices={shown}
        chosen={chosen}
        onChoose={setChosen}
        look="rows"
      />
      {content.extras.length > 0 && (
        <fieldset className="extras">
          <legend className="small">{words.mayDo}</legend>
          {content.extras.map((extra) => (
            <div key={extra.value} className="extra">
              <Checkbox
                id={`extra-${extra.value}`}
                checked={extra.on}
                disabled={extra.needed}
                label={extra.title}
                aria-describedby={`extra-${extra.value}-why`}
                onChange={(_, data) => act({ kind: "choose-optional", permission: extra.value, on: data.checked === true })}
              />
              <p id={`extra-${extra.value}-why`} className="hint">
                {extra.detail}
              </p>
            </div>
          ))}
        </fieldset>
      )}
      {content.more && (
        <Disclosure label={content.more.label}>
          {content.more.paragraphs.map((paragraph) => (
            <p key={paragraph} className="measure">
              {paragraph}
            </p>
          ))}
        </Disclosure>
      )}
    </>
  );
}
