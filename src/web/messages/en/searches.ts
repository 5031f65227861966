// English texts: what workers mark and keep, and what they are mailed about it.

export const searches = {
  keptNavigation: {
    label: 'Favourites and searches',
    pages: { '/favourites': 'Favourites', '/searches': 'Saved searches' },
    save: 'Save this search',
  },
  favourites: {
    title: 'Favourites',
    mark: (name: string) => `Favourite: ${name}`,
    requesters: 'Requesters',
    noRequesters: 'You have marked no requester',
    noRequestersText:
      'The heart beside a requester’s name keeps the requester here, with all that is open. The list of HITs can be narrowed to them.',
    groups: 'Groups of HITs',
    noGroups: 'You have marked no group of HITs',
    noGroupsText: 'The heart of a group keeps it here, also while it has no HITs left.',
    find: 'Find HITs',
    onlyThese: 'All open HITs of your favourites',
    noneOpen: 'No HITs open for you right now',
    all: 'All HITs',
    allOf: (name: string) => `All HITs of ${name}`,
    left: (count: string) => (count === '1' ? '1 HIT left' : `${count} HITs left`),
    closed: 'No HITs left',
    hidden: 'A group that you cannot see at present',
    by: (requester: string) => `by ${requester}`,
    alerts: 'Mail about new groups of these requesters',
  },
  searches: {
    title: 'Saved searches',
    lead: 'Each opens the list of HITs as you left it. With alerts on, you get mail about new groups that match and that you can accept: one mail an hour at most.',
    empty: 'You have saved no search yet',
    emptyText: 'Search or filter the list of HITs, then choose “Save this search” below the filters.',
    find: 'Find HITs',
    of: (requester: string) => `HITs of ${requester}`,
    everything: 'All HITs',
    favourites: 'Favourites',
    alerts: 'Alerts by mail',
    on: 'On',
    off: 'Off',
    switchOn: 'Switch on',
    switchOff: 'Switch off',
    forName: (action: string, name: string) => `${action}: ${name}`,
    rename: 'Rename',
    newName: (name: string) => `New name of ${name}`,
    saveName: 'Save the name',
    delete: 'Delete',
    noServer: 'This site sends no mail, so there are no alerts.',
    noAddress: 'For alerts, give your account an e-mail address.',
    noMail: 'For alerts, allow mail in your account.',
    toAccount: 'To your account',
    newTitle: 'Save this search',
    name: 'Name',
    nameHint: 'Under which you will find it again',
    what: 'What it shows',
    order: 'Order',
    withAlerts: 'Send me mail about new groups that match',
    withAlertsHint: 'One mail an hour at most, and only about groups that you can accept.',
    save: 'Save',
    cancel: 'Back to the list',
    noName: 'Give it a name.',
    longName: (most: string) => `Use ${most} characters at most.`,
    sameName: 'You have a search of this name already.',
    full: (most: string) =>
      `You have ${most} saved searches, which is all there is room for. Delete one first.`,
  },
  stopAlerts: {
    title: 'End mail about new HITs?',
    text: 'With the button, no saved search and no favourite sends you mail any more. Everything stays saved, and you can switch it on again after signing in.',
    submit: 'End this mail',
    done: 'You get no more mail about new HITs',
    doneText: 'Your saved searches and favourites are still there.',
    toSearches: 'To your saved searches',
    wrong: 'This address is not complete',
    wrongText: 'Copy it from the mail once more, or sign in and switch alerts off there.',
  },
}

/** Notes above the pages that say that something was done. */
export const searchNotices = {
  SearchSaved: { heading: 'The search is saved', text: 'You find it here, by its name.' },
  SearchRenamed: { heading: 'The new name is saved', text: 'Everything else stays as it is.' },
  SearchDeleted: { heading: 'The search is deleted', text: 'Its alerts have ended with it.' },
  AlertsOn: {
    heading: 'Alerts are on',
    text: 'New groups from now on are told by mail, once an hour at most.',
  },
  AlertsOff: { heading: 'Alerts are off', text: 'You get no more mail about it.' },
}

/** Notes that say why not. */
export const searchRefusals = {
  FavouritesFull: {
    heading: 'There is room for no more favourites',
    text: 'Remove some on the page of your favourites first.',
  },
}
