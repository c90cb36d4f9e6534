// What is asked. The simulated provider's rules (../provider.yaml) and habits follow from these words.
export const greeting = 'Describe a toll gate in 20 words.';
export const useTheTool = 'Use the tool to find out how the weather is.';
export const slowly = 'Please take your time.';
export const tooMany = 'This is one call too many.';

export const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
export const describeImage = 'What is in this image?';

export const weather = {
  name: 'get_weather',
  description: 'The weather of a city.',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
};
