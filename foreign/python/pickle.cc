#include "foreign/python/pickle.h"

#include <utility>

#include "foreign/python/pickle_reader.h"

namespace majlis::foreign {

Result<Pickle> read_pickle(std::string_view octets) {
  if (octets.size() > kMaxPickleOctets) {
    return Error{ErrorKind::refused, "pickle: more than " + std::to_string(kMaxPickleOctets) + " octets"};
  }
  Pickle pickle;
  Result<PythonValue> value = PickleReader(octets, pickle.storage).read();
  if (!value) return value.error();
  pickle.value = *value;
  return pickle;
}

}  // namespace majlis::foreign
