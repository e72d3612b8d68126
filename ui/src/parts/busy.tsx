import { useEffect, useState } from "react";

import type { Busy } from "../bindings/rpc";
import { Act } from "./Act";
import { Turning } from "./Turning";
import styles from "./busy.module.css";

export interface Waited {
  /** Long enough under way to be said. */
  shown: boolean;
  /** So long that it is said what is waited for. */
  long: boolean;
}

/** How long something has been under way: nothing for 300 ms, and after 10 s what is waited for. */
export function useWaited(busy: Busy | null): Waited {
  const [waited, setWaited] = useState<Waited>({ shown: false, long: false });
  const under = busy !== null;
  useEffect(() => {
    if (!under) return;
    const show = window.setTimeout(() => setWaited({ shown: true, long: false }), 300);
    const say = window.setTimeout(() => setWaited({ shown: true, long: true }), 10_000);
    return () => {
      window.clearTimeout(show);
      window.clearTimeout(say);
      setWaited({ shown: false, long: false });
    };
  }, [under]);
  return waited;
}

/** "Looking up 2 mailboxes", or how far it is; and later what is waited for. */
export function BusyWords({ busy, long }: { busy: Busy; long: boolean }) {
  return (
    <>
      {busy.progress?.words ?? busy.words}
      {long && busy.progress === null && busy.waitingFor !== "" && `. ${busy.waitingFor}`}
    </>
  );
}

/** In place of the content. */
export function BusyPage({ busy, long }: { busy: Busy; long: boolean }) {
  return (
    <div className={styles.busy}>
      <Turning />
      <div>
        <p>
          <BusyWords busy={busy} long={long} />
        </p>
        {busy.cancel && <Act button={busy.cancel} />}
      </div>
    </div>
  );
}
