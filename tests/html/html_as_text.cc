// Says what stands in place of pages: html_as_text < FILE. A line of FILE is a page, UTF-8 in hexadecimal; the answer
// is its text, likewise.
#include <iostream>
#include <string>

#include "base/text.h"
#include "mail/html/plain_text.h"
#include "pages.h"

int main() {
  std::string page;
  while (std::cin >> page) {
    std::cout << majlis::hex(majlis::mail::plain_text_of_page(majlis::bytes_of_hex(page))) << "\n";
  }
  return 0;
}
