import { Button, Field, Input, Textarea } from "@fluentui/react-components";
import { Add20Regular, Search20Regular } from "@fluentui/react-icons";
import { useEffect, useRef, useState } from "react";

import type { ListName, MailboxList, SearchResult } from "../bindings/rpc";
import { boxAfterSending, boxAfterView, boxOf, bytesOf, controlsOf, unsaid, type Box } from "../forms";
import { Act } from "../parts/Act";
import { Choices } from "../parts/Choices";
import { Disclosure } from "../parts/Disclosure";
import { FileButton } from "../parts/FileButton";
import { Finding } from "../parts/Finding";
import { Messages } from "../parts/Message";
import { usePageForm, useProblem, useWindow, useWords } from "../parts/context";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import styles from "./Mailboxes.module.css";

/** How long typing rests before it is kept. */
const RESTS = 600;

/** The longest file that is read as a list, in bytes; the same as `domain::list::LONGEST`. */
const LONGEST_FILE = 5 * 1024 * 1024;

/** From how many rows on a list is folded and can be searched. */
const FOLDED_FROM = 12;

interface ListProps {
  list: MailboxList;
  text: string;
  onType: (text: string) => void;
  onAdd: () => void;
  onFile: (base64: string) => void;
}

/** After a row is gone, the focus goes to the row in its place, or to the box where none is left. */
function useFocusAfterRemoval(count: number, field: string) {
  const rows = useRef<HTMLUListElement>(null);
  const before = useRef({ count, place: -1 });
  useEffect(() => {
    const list = rows.current;
    if (count < before.current.count && before.current.place >= 0 && document.activeElement === document.body) {
      const buttons = list?.querySelectorAll<HTMLElement>("li > button:last-child");
      const next = buttons?.[Math.min(before.current.place, buttons.length - 1)];
      (next ?? document.getElementById(field))?.focus();
    }
    before.current.count = count;
  }, [count, field]);
  useEffect(() => {
    const remember = (event: FocusEvent) => {
      const row = (event.target as HTMLElement | null)?.closest("li");
      const list = row?.parentElement;
      before.current.place = row && list && list === rows.current ? [...list.children].indexOf(row) : before.current.place;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, []);
  return rows;
}

function List({ list, text, onType, onAdd, onFile }: ListProps) {
  const words = useWords();
  const ofBox = useProblem(list.list);
  const needsYou = `${list.list}-needs-you`;
  const ofRows = useProblem(needsYou);
  const problem = ofBox ?? ofRows;
  // How many rows the question is about; it ends when the list is another one.
  const [askedAbout, setAskedAbout] = useState<number | null>(null);
  const asking = askedAbout === list.rows.length;
  const [filter, setFilter] = useState("");
  const [all, setAll] = useState(false);
  const [over, setOver] = useState(false);
  const long = list.rows.length > FOLDED_FROM;
  const wanted = filter.trim().toLowerCase();
  const matching = wanted ? list.rows.filter((row) => `${row.address} ${row.detail}`.toLowerCase().includes(wanted)) : list.rows;
  // What needs the reader stands first and is always shown; the rest is folded.
  const needing = matching.filter((row) => row.finding.tone === "needs-you").length;
  const shown = all ? matching : matching.slice(0, Math.max(needing, FOLDED_FROM));
  const rowsRef = useFocusAfterRemoval(list.rows.length, list.list);
  const take = async (file: File) => onFile(await bytesOf(file, LONGEST_FILE));
  return (
    <section>
      <div className={styles.boxRow}>
        <Field
          label={{ children: list.label, htmlFor: list.list, className: "strong" }}
          hint={list.hint}
          validationMessage={problem}
          validationState={problem ? "error" : "none"}
        >
          <Textarea
            id={list.list}
            rows={2}
            resize="vertical"
            data-dropping={over || undefined}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
              setOver(false);
              const file = event.dataTransfer.files[0];
              if (file) {
                event.preventDefault();
                void take(file);
              }
            }}
            value={text}
            spellCheck={false}
            autoComplete="off"
            onChange={(_, data) => onType(data.value)}
          />
        </Field>
        <div className={styles.boxActs}>
          <Button
            icon={<Add20Regular aria-hidden />}
            data-request="submit"
            data-list={list.list}
            aria-label={`${words.add}: ${list.label}`}
            onClick={onAdd}
          >
            {words.add}
          </Button>
          <FileButton
            label={words.openFile}
            fullLabel={`${words.openFile}: ${list.label}`}
            accept=".csv,.txt,.tsv,.log,text/*"
            onFile={(file) => void take(file)}
          />
        </div>
      </div>
      {(list.summary !== null || list.removeAll) && (
        <div className={styles.listHead}>
          <h2 className="small">{list.summary}</h2>
          {list.removeThem && asking && <Act button={list.removeThem} />}
          {list.removeAll && (
            // One button for both, so that the focus stays and a second click takes the question back.
            <button
              type="button"
              className="plain link"
              data-request="local"
              data-asks={list.list}
              onClick={() => setAskedAbout(asking ? null : list.rows.length)}
            >
              {asking ? words.keepThem : list.removeAll.label}
            </button>
          )}
        </div>
      )}
      {list.read && <p className="hint">{list.read}</p>}
      {list.setAside.length > 0 && (
        <Disclosure label={words.showSetAside}>
          <p className="hint">{list.setAside.join(", ")}</p>
        </Disclosure>
      )}
      {list.useAll && <Act button={list.useAll} />}
      {long && (
        <Field label={{ children: words.filterList, htmlFor: `${list.list}-filter` }}>
          <Input
            id={`${list.list}-filter`}
            value={filter}
            autoComplete="off"
            spellCheck={false}
            contentBefore={<Search20Regular aria-hidden />}
            onChange={(_, data) => setFilter(data.value)}
          />
        </Field>
      )}
      {list.rows.length > 0 && (
        <ul className={styles.mailboxes} ref={rowsRef}>
          {shown.map((row, index) => (
            <li
              key={row.address}
              // What needs the reader stands first: where the link of the error leads.
              id={index === 0 && row.finding.tone === "needs-you" ? needsYou : undefined}
              className={classes(styles.mailbox, row.finding.tone === "needs-you" && styles.needsYou)}
            >
              <div className={styles.name}>
                <b>{row.address}</b>
                <p className={row.repair || row.finding.tone === "needs-you" ? "" : "hint"}>{row.detail}</p>
                {row.repair && <Act button={row.repair} />}
              </div>
              <Finding finding={row.finding} />
              <Act button={row.remove} />
            </li>
          ))}
        </ul>
      )}
      {matching.length > shown.length && (
        <Button data-request="local" onClick={() => setAll(true)}>
          {`${words.showRest} (${matching.length - shown.length})`}
        </Button>
      )}
    </section>
  );
}

function Search({ result }: { result: SearchResult | null }) {
  const words = useWords();
  const { submit } = useWindow();
  const [text, setText] = useState(result?.typed ?? "");
  const search = () => submit({ kind: "search-mailboxes", text });
  return (
    <section>
      <div className={styles.searchRow}>
        <Field label={{ children: words.searchMailboxes, htmlFor: "search", className: "strong" }}>
          <Input
            id="search"
            value={text}
            autoComplete="off"
            spellCheck={false}
            contentBefore={<Search20Regular aria-hidden />}
            onChange={(_, data) => setText(data.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.nativeEvent.isComposing) {
                event.stopPropagation();
                search();
              }
            }}
          />
        </Field>
        <Button data-request="submit" data-form="search" onClick={search}>
          {words.search}
        </Button>
      </div>
      {result && (
        <>
          <p className={styles.listHead} role="status">
            {result.summary}
          </p>
          {result.rows.length > 0 && (
            <ul className={styles.mailboxes}>
              {result.rows.map((row) => (
                <li key={row.address} className={styles.mailbox}>
                  <div className={styles.name}>
                    <b>{row.address}</b>
                    <p className="hint">{row.detail}</p>
                  </div>
                  <Act button={row.add} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}

/** What of a box is still ours to keep. */
const left = (box: Box) => (box.handedOver ? "" : box.text);

export default function Mailboxes({ content }: { content: Of<"mailboxes"> }) {
  const { act, submit, revision, busy } = useWindow();
  const [boxes, setBoxes] = useState<Record<ListName, Box>>({
    allowed: boxOf(content.allowed.typed),
    refused: boxOf(content.refused.typed),
  });
  const latest = useRef(boxes);
  const timer = useRef<number>(undefined);

  const change = (next: Record<ListName, Box>) => {
    latest.current = next;
    setBoxes(next);
  };
  const keep = () => {
    window.clearTimeout(timer.current);
    timer.current = undefined;
    const { allowed, refused } = latest.current;
    change({ allowed: boxAfterSending(allowed), refused: boxAfterSending(refused) });
    submit({ kind: "keep-typed", allowed: left(allowed), refused: left(refused) });
  };
  const keepSoon = () => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(keep, RESTS);
  };
  const flush = () => {
    if (timer.current !== undefined) keep();
  };
  const type = (name: ListName) => (text: string) => {
    change({ ...latest.current, [name]: { ...latest.current[name], text, handedOver: false } });
    keepSoon();
  };
  const add = (name: ListName) => () => {
    window.clearTimeout(timer.current);
    timer.current = undefined;
    const { text } = latest.current[name];
    change({ ...latest.current, [name]: { ...latest.current[name], handedOver: true } });
    submit({ kind: "add-mailboxes", list: name, text });
    if (unsaid(latest.current[name === "allowed" ? "refused" : "allowed"])) keepSoon();
  };
  const file = (name: ListName) => (base64: string) => {
    flush();
    submit({ kind: "open-list", list: name, base64 });
  };
  usePageForm({
    flush,
    gather: () => {
      window.clearTimeout(timer.current);
      timer.current = undefined;
      const { allowed, refused } = latest.current;
      change({ allowed: { ...allowed, handedOver: true }, refused: { ...refused, handedOver: true } });
      return { kind: "mailboxes", allowed: allowed.text, refused: refused.text };
    },
  });

  const { typed: typedAllowed } = content.allowed;
  const { typed: typedRefused } = content.refused;
  useEffect(() => {
    const { allowed, refused } = latest.current;
    const next = { allowed: boxAfterView(allowed, typedAllowed, busy), refused: boxAfterView(refused, typedRefused, busy) };
    latest.current = next;
    setBoxes(next);
  }, [revision, busy, typedAllowed, typedRefused]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  return (
    <>
      <Messages messages={content.messages} />
      <List list={content.allowed} text={boxes.allowed.text} onType={type("allowed")} onAdd={add("allowed")} onFile={file("allowed")} />
      <Search result={content.search} />
      <div>
        <List list={content.refused} text={boxes.refused.text} onType={type("refused")} onAdd={add("refused")} onFile={file("refused")} />
        <div className={styles.drawn}>
          <Choices
            field="drawn"
            legend={{ words: content.drawn.label, shown: true }}
            choices={content.drawn.choices}
            chosen={content.drawn.chosen}
            look="plain"
            onChoose={(value) => {
              const controls = controlsOf(value);
              if (controls) act({ kind: "draw-controls", controls });
            }}
          />
        </div>
      </div>
    </>
  );
}
