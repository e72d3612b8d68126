import { useEffect, useId, useRef, useState } from "react";

import type { ProofCell, ProofGroup, ProofRow, Tone } from "../bindings/rpc";
import { FactList } from "../parts/FactList";
import { Finding } from "../parts/Finding";
import { Messages } from "../parts/Message";
import { useMedia } from "../parts/useMedia";
import { words } from "../words";
import type { Of } from "./Start";

interface Opened {
  key: string | null;
  toggle: (key: string) => void;
}

function Cell({ cell, name, id, opened, cellKey }: { cell: ProofCell; name: string; id: string; opened: Opened; cellKey: string }) {
  const inside = (
    <>
      <Finding finding={cell.finding} />
      <span className="stamp">{cell.stamp}</span>
    </>
  );
  if (cell.evidence.length === 0) return <span className="proof-cell">{inside}</span>;
  const open = opened.key === cellKey;
  return (
    <button
      type="button"
      className="plain proof-cell"
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
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <section ref={box} id={id} className="evidence" aria-label={`${words.evidence}: ${name}`}>
      <p className="hint">{name}</p>
      <FactList facts={cell.evidence} look="evidence" />
    </section>
  );
}

const worst: Tone[] = ["too-broad", "problem", "needs-you", "ends-soon", "waiting", "unknown", "not-needed", "refused", "works"];
const rank = (row: ProofRow) => Math.min(...row.cells.map((cell) => worst.indexOf(cell.finding.tone)), worst.length);
const rankOf = (group: ProofGroup) => Math.min(...group.rows.map(rank), worst.length);

function Table({ content, opened, id }: { content: Of<"proof">; opened: Opened; id: string }) {
  return (
    <table className={`table proof proof--${content.columns.length}`}>
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
          <tr className="group">
            <th scope="rowgroup" colSpan={content.columns.length + 1}>
              {group.title}
            </th>
          </tr>
          {group.rows.map((row) => {
            const open = row.cells.findIndex((_, index) => opened.key === `${group.title}/${row.mailbox}/${index}`);
            const cell = row.cells[open];
            return [
              <tr key={row.mailbox} className={row.tooBroad ? "broad" : undefined}>
                <th scope="row">
                  {row.mailbox}
                  {row.origin !== null && <span className="stamp">{row.origin}</span>}
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
                <tr key={`${row.mailbox} evidence`} className="evidence-row">
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
      <section key={group.title} className="proof-cards">
        <h2 className="small">{group.title}</h2>
        {group.rows
          .toSorted((a, b) => rank(a) - rank(b))
          .map((row) => (
            <div key={row.mailbox} className="card proof-card">
              <h3>
                {row.mailbox} {row.origin !== null && <span className="hint">{row.origin}</span>}
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
  const id = useId();
  const narrow = useMedia("(width < 640px)");
  const [key, setKey] = useState<string | null>(null);
  const opened: Opened = { key, toggle: (pressed) => setKey((open) => (open === pressed ? null : pressed)) };
  return (
    <>
      <Messages messages={content.top} />
      {content.groups.length > 0 &&
        (narrow ? <Cards content={content} opened={opened} id={id} /> : <Table content={content} opened={opened} id={id} />)}
      <Messages messages={content.bottom} />
    </>
  );
}
