/** Maximum lengths in characters: a name must fit beside a bar, a note on a screen. */

export const NAME_LENGTH = 200;
export const NOTE_LENGTH = 5_000;
export const TEXT_LENGTH = 100_000;
