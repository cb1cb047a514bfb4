/** Types that the modules of the page share. They are global, so that JSDoc names them without an import. */

type View = import("./store/view-address.js").View;
type Topic = import("./model/topics.js").Topic;
type Parts = import("./edits/pending/changes.js").Parts;
type Pending = import("./edits/pending/changes.js").Pending;
type EditHistory = import("./edits/pending/history.js").EditHistory;
type Writing = import("./edits/state.js").Writing;

/** What is known of the data and the model: the backend's `overview`, with pending edits applied. */
interface Overview {
  version: string;
  topics: Topic[];
  super_topics?: { id: number; label: string; trained_label: string | null }[];
  counts: { documents: number; assigned: number; topics: number; summaries: number; topic_summaries: number };
  engine: { id: string | null; label: string | null; probability_name: string; probability_explanation: string };
  model: Record<string, any>;
  quality: Record<string, any>;
  groups: { column: number; name: string; values: any[]; [more: string]: any }[];
  periods: { granularities: any[]; [more: string]: any } | null;
  capabilities: Record<string, { on: boolean; reason?: string }>;
  edits: { version: string; n: number; last: any; n_of_other_models: number; warnings: string[] };
  statuses: { status: string; n: number }[];
  notes: string[];
  trend: Record<string, any> | null;
  datasets: Record<string, any>;
  read_at: string;
  text_column: string;
  id_column: string | null;
  date_column: string | null;
  building: boolean;
  /** Topics whose pending merge the edits of others have made impossible. */
  impossible?: number[];
}

/** An edit as the backend's log of edits holds it. */
interface Edit {
  topic_id: number;
  changes: Parts;
  author: string;
  time: string;
}

/** An answer of the backend in the store; while a new one is loading, `value` is the previous one. */
interface Answer {
  path: string | null;
  state: "loading" | "ready" | "failed";
  value: any;
  error: string | null;
}

interface Status {
  state: "opening" | "building" | "ready" | "failed";
  version?: string | null;
  edits_version?: string | null;
  usable?: boolean;
  error?: string;
  kind?: string;
  [more: string]: any;
}

/** Answers of the backend by name, see `store/needed-answers.js`. */
type Answers = Record<keyof typeof import("./store/needed-answers.js").NO_ANSWERS, Answer | null>;

/** The user's edits that are not written yet. */
interface Edits {
  history: EditHistory;
  pending: Pending;
  /** Version of the written edits that the pending ones were made on. */
  seen: string | null;
  writing: Writing;
  /** Topic whose name is being edited in place of its title. */
  renaming: number | null;
  /** Changes of the stop words that are not saved yet. */
  stopWords?: import("./screens/terms/stop-words.js").Queue;
}

/** What is shown: the one object in the store. */
interface State {
  /** What the address holds. */
  view: View;
  status: Status;
  /** The overview as the backend sent it, and with the pending edits applied. */
  served: Overview | null;
  overview: Overview | null;
  answers: Answers;
  edits: Edits;
  /** The round of the quiz being answered. */
  review: Record<string, any> | null;
  tried: { text: string; state: string; value: any; error: string | null } | null;
}

interface Store {
  get: () => State;
  /** Within the answers and the edits, what is not changed stays. */
  update: (changes: Partial<Omit<State, "answers" | "edits">> & { answers?: Partial<Answers>; edits?: Partial<Edits> }) => void;
  subscribe: (listener: (state: State) => void) => void;
}

interface Api {
  get: (path: string, signal?: AbortSignal) => Promise<any>;
  post: (path: string, body?: object) => Promise<any>;
  /** Return the address of a file to be saved. */
  addressOf: (path: string) => string;
}

/** What users can do, by name; `main.js` joins them. */
type Actions = Record<string, (...values: any[]) => any>;

/** A part of the page: its element stays, and is updated. */
interface PagePart {
  element: HTMLElement;
  update: (state: State) => void;
}

/** Create a part of the page. */
type CreatePart = (actions: Actions) => PagePart;

/** Show a sentence at the foot of the page; what is returned takes it away if it is still shown. */
type Notify = (
  sentence: string,
  options?: { isWarning?: boolean; lasts?: boolean; action?: { label: string; run: () => void } },
) => () => void;

/** Fetch the overview and all answers again; `changesNow` returns what changes in the edits with the new overview. */
type Reopen = (changesNow?: () => Partial<Edits>) => Promise<void>;

/** The backend's `edits`. */
interface EditsAnswer {
  version: string;
  in_force: WrittenParts[];
  log?: Edit[];
  n_log?: number;
  [more: string]: any;
}

type WrittenParts = Parts & { topic_id: number };
