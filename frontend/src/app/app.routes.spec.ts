import { UrlSegment } from '@angular/router';
import { matchChat } from './app.routes';

describe(matchChat.name, () => {
  const match = (path: string) =>
    matchChat(
      path
        .split('/')
        .filter(Boolean)
        .map((part) => new UrlSegment(part, {})),
    );

  it('takes the new chat and any other for one and the same page', () => {
    expect(match('/')).toEqual({ consumed: [] });
    expect(match('/chat/c1')?.posParams?.['id']?.path).toBe('c1');
  });

  it('leaves every other address alone', () => {
    expect(match('/chat')).toBeNull();
    expect(match('/chat/c1/more')).toBeNull();
    expect(match('/settings')).toBeNull();
  });
});
