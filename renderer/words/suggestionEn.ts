import type { SuggestionWords } from './suggestionZh.ts';

export const suggestionEn: SuggestionWords = {
  title: 'Suggested plate',
  read: 'Camera read',
  readInPicture: 'Read in the picture:',
  sure: 'sure by',
  nothingRead: 'Camera read no plate',
  registered: 'registered',
  notRegistered: 'not registered',
  take: 'Take it',
  key: 'Space',
  why: {
    similar: 'characters look alike',
    trailer: 'the rear plate is its registered trailer',
    colour: 'same number, other colour',
    'in-yard': 'weighed empty, still in the yard',
    'never-o-or-i': 'plates have no letter O or I here',
    picture: 'read by this computer: compare with the picture',
    'seen-late': 'came late: may be the truck before or behind',
  },
};
