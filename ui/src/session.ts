// The view that is shown: the newest one that has arrived.

import { useEffect, useState } from "react";

import type { View } from "./bindings/rpc";
import type { Platform } from "./platform";

/** The newer of two views. A view that arrives late is dropped. */
export function newer(shown: View | null, arrived: View): View {
  return shown !== null && arrived.revision <= shown.revision ? shown : arrived;
}

export function useView(platform: Platform): View | null {
  const [view, setView] = useState<View | null>(null);
  useEffect(() => {
    let gone = false;
    let stop: (() => void) | undefined;
    const take = (arrived: View) => {
      if (!gone) setView((shown) => newer(shown, arrived));
    };
    // Asked at once, so that nothing is waited for; and again once listening has begun, so that no view falls between.
    platform.view().then(take, () => undefined);
    platform
      .onView(take)
      .then((stopListening) => {
        if (gone) stopListening();
        else stop = stopListening;
        return platform.view();
      })
      .then(take)
      .catch((error: unknown) => console.error("view", error));
    return () => {
      gone = true;
      stop?.();
    };
  }, [platform]);
  return view;
}
