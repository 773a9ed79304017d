"""What is shipped: locks, licences, the frozen folder."""
