#include "lists/site/config/dialect.h"

#include "lists/site/config/config_write.h"
#include "lists/site/config/majordomo_codec.h"

namespace majlis::lists {

const Dialect& majordomo() {
  static const Dialect kMajordomo{.name = "majordomo",
                                  .scan = scan_config,
                                  .print = print_statements,
                                  .codec = &majordomo_codec(),
                                  .form = Dialect::Form::ours};
  return kMajordomo;
}

const Dialect* find_dialect(std::string_view name) { return name == majordomo().name ? &majordomo() : nullptr; }

std::string write_in(const Dialect& dialect, const ListConfig& config, std::string_view list) {
  return dialect.print(dialect.codec->write(config, list));
}

}  // namespace majlis::lists
