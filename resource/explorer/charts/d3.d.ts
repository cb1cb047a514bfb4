/** The parts of d3 that `d3.js` exports, as far as the charts use them; the built files of d3 hold no types. */

type Value = number | null | undefined;

export interface LinearScale {
  (value: number): number;
  nice(count?: number): LinearScale;
  ticks(count?: number): number[];
  domain(): number[];
  range(): number[];
  invert(value: number): number;
}

export interface Line<Point = any> {
  (points: Point[]): string | null;
  defined(isDefined: (point: Point, index: number) => boolean): this;
  x(x: number | ((point: Point, index: number) => number)): this;
  y(y: number | ((point: Point, index: number) => number)): this;
}

export interface Area<Point = any> extends Line<Point> {
  y0(y: number | ((point: Point, index: number) => number)): this;
  y1(y: number | ((point: Point, index: number) => number)): this;
}

export function area<Point = any>(): Area<Point>;
export function line<Point = any>(): Line<Point>;
export function extent(values: Iterable<Value>): [number, number];
export function scaleLinear(domain: number[], range: number[]): LinearScale;
