import { aModel } from '../models/testing/models';
import { temperatureNote } from './chat-settings';

describe(temperatureNote.name, () => {
  const note = (temperature: number | null, maxTemperature: number) =>
    temperatureNote(temperature, aModel('p/Astra', { maxTemperature }));

  it.each([
    [null, 2, ''],
    [1, 1, ''],
    [1.5, 1, 'Astra takes up to 1, and answers at its own until you change this.'],
    [null, 0, 'Astra has a temperature of its own.'],
    [1, 0, 'Astra has a temperature of its own.'],
  ])('of %s to a model that takes up to %d', (temperature, max, expected) => {
    expect(note(temperature, max)).toBe(expected);
  });
});
