// Which icon stands beside which state or act. Icons are never read out: the word beside them is.

import {
  Add20Regular,
  Beaker20Regular,
  CheckmarkCircle20Filled,
  Clock20Filled,
  Copy20Regular,
  Delete20Regular,
  ErrorCircle20Filled,
  LockClosed20Regular,
  PersonAlert20Filled,
  QuestionCircle20Filled,
  ShieldCheckmark20Filled,
  ShieldError20Filled,
  SubtractCircle20Regular,
  Warning20Filled,
  type FluentIcon,
} from "@fluentui/react-icons";

import type { ActIcon, MessageTone, Tone } from "../bindings/rpc";

export const toneIcons: Record<Tone, FluentIcon> = {
  works: CheckmarkCircle20Filled,
  refused: ShieldCheckmark20Filled,
  "too-broad": ShieldError20Filled,
  problem: ErrorCircle20Filled,
  waiting: Clock20Filled,
  "needs-you": PersonAlert20Filled,
  "ends-soon": Warning20Filled,
  unknown: QuestionCircle20Filled,
  "not-needed": SubtractCircle20Regular,
};

export const messageIcons: Record<MessageTone, FluentIcon> = {
  secret: LockClosed20Regular,
  practice: Beaker20Regular,
  "needs-you": PersonAlert20Filled,
  problem: ErrorCircle20Filled,
  waiting: Clock20Filled,
  good: CheckmarkCircle20Filled,
};

const actIcons: Record<ActIcon, FluentIcon> = {
  add: Add20Regular,
  copy: Copy20Regular,
  delete: Delete20Regular,
  practice: Beaker20Regular,
};

/** The icon of an act, where it has one. */
export function actIcon(name: ActIcon | null) {
  const Icon = name === null ? undefined : actIcons[name];
  return Icon ? <Icon aria-hidden /> : undefined;
}
