import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Subject } from 'rxjs';
import { GraphqlClient } from '../graphql/graphql-client';
import { Connectivity } from './connectivity';

describe('whether the server may be reached', () => {
  let answered: Subject<void>;
  let connectivity: Connectivity;

  beforeEach(() => {
    answered = new Subject();
    TestBed.configureTestingModule({ providers: [{ provide: GraphqlClient, useValue: { answered } }] });
    connectivity = TestBed.inject(Connectivity);
  });

  it('is what the browser says of the network', () => {
    expect(connectivity.online()).toBe(true);
    window.dispatchEvent(new Event('offline'));
    expect(connectivity.online()).toBe(false);
    window.dispatchEvent(new Event('online'));
    expect(connectivity.online()).toBe(true);
  });

  it('is known better by an answer, as of a server on the same machine', () => {
    window.dispatchEvent(new Event('offline'));
    answered.next();
    expect(connectivity.online()).toBe(true);
  });
});
