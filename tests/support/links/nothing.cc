// What a room is linked with, to see that it needs no room above it: nothing.
int main() { return 0; }
