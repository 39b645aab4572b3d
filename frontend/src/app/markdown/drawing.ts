/** What is asked of the frame in which Mermaid draws. */
export interface DrawingRequest {
  /** In Mermaid's language, as the model wrote it. */
  readonly source: string;
  readonly colours: 'light' | 'dark';
}

/** A drawn diagram: a picture in a document of its own, and how large it is, in CSS pixels. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** What its author calls it; mostly nothing. */
  readonly title: string;
}

/** Characters; larger than anything that somebody would look at. */
const LONGEST = 2_000_000;
/** CSS pixels, in either direction. */
const LARGEST = 32_000;

/** The drawing that an answer is. Nobody vouches for what comes out of the frame, so all else is none. */
export function readDrawing(answer: unknown): Drawing | null {
  const { svg, width, height, title } = (answer ?? {}) as Partial<Record<keyof Drawing, unknown>>;
  const isSize = (value: unknown): value is number =>
    typeof value === 'number' && value > 0 && value <= LARGEST;
  if (typeof svg !== 'string' || svg.length > LONGEST || !isSize(width) || !isSize(height)) return null;
  return { svg, width, height, title: typeof title === 'string' ? title.slice(0, 200) : '' };
}
