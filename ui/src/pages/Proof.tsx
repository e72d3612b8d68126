import { Button, Field, Input } from "@fluentui/react-components";
import { Search20Regular } from "@fluentui/react-icons";
import { Fragment, useEffect, useId, useRef, useState } from "react";

import type { ProofCell, ProofGroup, ProofRow, Tone } from "../bindings/rpc";
import { FactList } from "../parts/FactList";
import { Finding } from "../parts/Finding";
import { Messages } from "../parts/Message";
import { useMedia } from "../parts/useMedia";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import card from "../parts/Card.module.css";
import table from "../parts/Table.module.css";
import { useWords } from "../parts/context";
import styles from "./Proof.module.css";

interface Opened {
  key: string | null;
  toggle: (key: string) => void;
}

function Cell({ cell, name, id, opened, cellKey }: { cell: ProofCell; name: string; id: string; opened: Opened; cellKey: string }) {
  const inside = (
    <>
      <Finding finding={cell.finding} />
      <span className={classes(table.stamp, styles.stamp)}>{cell.stamp}</span>
    </>
  );
  if (cell.evidence.length === 0) return <span className={styles.cell}>{inside}</span>;
  const open = opened.key === cellKey;
  return (
    <button
      type="button"
      className={classes("plain", styles.cell)}
      aria-expanded={open}
      aria-controls={open ? id : undefined}
      onClick={() => opened.toggle(cellKey)}
    >
      {inside}
      <span className="off-screen">{name}</span>
    </button>
  );
}

function Evidence({ id, cell, name }: { id: string; cell: ProofCell; name: string }) {
  const words = useWords();
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <section ref={box} id={id} className={styles.evidence} aria-label={`${words.evidence}: ${name}`}>
      <p className="hint">{name}</p>
      <FactList facts={cell.evidence} look="evidence" />
    </section>
  );
}

const worst: Tone[] = ["too-broad", "problem", "needs-you", "ends-soon", "waiting", "unknown", "not-needed", "refused", "works"];
const rank = (row: ProofRow) => Math.min(...row.cells.map((cell) => worst.indexOf(cell.finding.tone)), worst.length);
const rankOf = (group: ProofGroup) => Math.min(...group.rows.map(rank), worst.length);

/** An address that breaks only behind an @ or a full stop, and never inside a word. */
function Address({ text }: { text: string }) {
  return text.split(/(?<=[@.])/).map((part, index) => (
    <Fragment key={`${index} ${part}`}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** With more columns than these, words would break in the middle: each mailbox has a card then, as in a narrow window. */
const MOST_COLUMNS = 4;

/** How many rows of a group are shown at first; what doesn't agree is always shown. */
const FOLDED_FROM = 12;
const isException = (row: ProofRow) => rank(row) < worst.indexOf("refused");

/** The groups with their worst rows first, folded where they are long, narrowed to what is searched for. */
function folded(groups: readonly ProofGroup[], wanted: string, all: boolean): { groups: ProofGroup[]; hidden: number } {
  let hidden = 0;
  const shown = groups.map((group) => {
    const rows = group.rows
      .filter((row) => row.mailbox.toLowerCase().includes(wanted))
      .toSorted((a, b) => Number(isException(b)) - Number(isException(a)));
    const first = all ? rows.length : Math.max(FOLDED_FROM, rows.filter(isException).length);
    hidden += Math.max(0, rows.length - first);
    return { ...group, rows: rows.slice(0, first) };
  });
  return { groups: shown, hidden };
}

function Table({ content, opened, id }: { content: Of<"proof">; opened: Opened; id: string }) {
  const words = useWords();
  return (
    <table className={classes(table.table, styles.proof)} data-columns={content.columns.length}>
      <thead>
        <tr>
          <th scope="col">{words.mailbox}</th>
          {content.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {content.groups.map((group) => (
        <tbody key={group.title}>
          <tr className={styles.group}>
            <th scope="rowgroup" colSpan={content.columns.length + 1}>
              {group.title}
            </th>
          </tr>
          {group.rows.map((row) => {
            const open = row.cells.findIndex((_, index) => opened.key === `${group.title}/${row.mailbox}/${index}`);
            const cell = row.cells[open];
            return [
              <tr key={row.mailbox} className={row.tooBroad ? styles.broad : undefined}>
                <th scope="row">
                  <Address text={row.mailbox} />
                  {row.origin !== null && <span className={classes(table.stamp, styles.stamp)}>{row.origin}</span>}
                </th>
                {row.cells.map((each, index) => (
                  <td key={content.columns[index]}>
                    <Cell
                      cell={each}
                      id={id}
                      name={`${row.mailbox}, ${content.columns[index] ?? ""}`}
                      opened={opened}
                      cellKey={`${group.title}/${row.mailbox}/${index}`}
                    />
                  </td>
                ))}
              </tr>,
              cell && (
                <tr key={`${row.mailbox} evidence`} className={styles.evidenceRow}>
                  <td colSpan={content.columns.length + 1}>
                    <Evidence id={id} cell={cell} name={`${row.mailbox}, ${content.columns[open] ?? ""}`} />
                  </td>
                </tr>
              ),
            ];
          })}
        </tbody>
      ))}
    </table>
  );
}

/** The same as one card for each mailbox, worst first. */
function Cards({ content, opened, id }: { content: Of<"proof">; opened: Opened; id: string }) {
  return content.groups
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .map((group) => (
      <section key={group.title} className={styles.cards}>
        <h2 className="small">{group.title}</h2>
        {group.rows
          .toSorted((a, b) => rank(a) - rank(b))
          .map((row) => (
            <div key={row.mailbox} className={classes(card.card, styles.card)}>
              <h3>
                <Address text={row.mailbox} /> {row.origin !== null && <span className="hint">{row.origin}</span>}
              </h3>
              <dl>
                {row.cells.map((cell, index) => {
                  const key = `${group.title}/${row.mailbox}/${index}`;
                  const name = `${row.mailbox}, ${content.columns[index] ?? ""}`;
                  return (
                    <div key={key}>
                      <dt>{content.columns[index]}</dt>
                      <dd>
                        <Cell cell={cell} id={id} name={name} opened={opened} cellKey={key} />
                        {opened.key === key && <Evidence id={id} cell={cell} name={name} />}
                      </dd>
                    </div>
                  );
                })}
              </dl>
            </div>
          ))}
      </section>
    ));
}

export default function Proof({ content }: { content: Of<"proof"> }) {
  const words = useWords();
  const id = useId();
  const narrow = useMedia("(width < 640px)") || content.columns.length > MOST_COLUMNS;
  const [key, setKey] = useState<string | null>(null);
  const opened: Opened = { key, toggle: (pressed) => setKey((open) => (open === pressed ? null : pressed)) };
  const [filter, setFilter] = useState("");
  const [all, setAll] = useState(false);
  const long = content.groups.some((group) => group.rows.length > FOLDED_FROM);
  const { groups, hidden } = folded(content.groups, filter.trim().toLowerCase(), all);
  const shown = { ...content, groups };
  return (
    <>
      <Messages messages={content.top} />
      {long && (
        <Field label={{ children: words.filterList, htmlFor: "proof-filter" }}>
          <Input
            id="proof-filter"
            value={filter}
            autoComplete="off"
            spellCheck={false}
            contentBefore={<Search20Regular aria-hidden />}
            onChange={(_, data) => setFilter(data.value)}
          />
        </Field>
      )}
      {content.groups.length > 0 &&
        (narrow ? <Cards content={shown} opened={opened} id={id} /> : <Table content={shown} opened={opened} id={id} />)}
      {hidden > 0 && (
        <Button data-request="local" onClick={() => setAll(true)}>
          {`${words.showRest} (${hidden})`}
        </Button>
      )}
      <Messages messages={content.bottom} />
    </>
  );
}
