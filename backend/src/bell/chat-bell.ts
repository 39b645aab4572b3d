import { AccountBell } from './account-bell.js';

/** The bell of the list of chats: something of this account's chats has changed. */
export abstract class ChatBell extends AccountBell {}
