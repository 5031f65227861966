// English texts: money.

export const earnings = {
  earnings: {
    title: 'Earnings',
    balance: 'Balance',
    balanceText: 'What you have earned and has not been paid out.',
    rewards: 'HIT rewards',
    bonuses: 'Bonuses',
    total: 'Total earnings',
    bonusList: 'Bonuses you received',
    date: 'Date',
    amount: 'Amount',
    reason: 'Reason',
    noBonuses: 'You have not received any bonuses yet.',
  },
}
